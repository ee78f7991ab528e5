package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.AuditEvent;
import io.stridewatch.Collector;
import io.stridewatch.CollectorContract;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerCollectorTest implements CollectorContract {
  private static final String CREATION =
      "{\"RequestMethod\":\"POST\",\"RequestUri\":\"/containers/create\",\"RequestBody\":\"e30=\"";

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private FakeEngine engine;
  private Collector collector;
  private AuthzCollector authz;
  private Thread thread;

  @BeforeEach
  void startEngine() throws IOException {
    engine = new FakeEngine();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (thread != null) {
      collector.close();
      thread.join();
    }
    engine.close();
  }

  @Override
  public Collector collector() {
    return new DockerCollector(
        DockerAddress.plain(engine.address()),
        "lab",
        directory.resolve("cursor"),
        () -> Instant.EPOCH,
        authz,
        new DaemonFacts(new DaemonProcess(directory, "/run/docker.sock"), "", null),
        Duration.ofSeconds(1));
  }

  @Override
  public void say(int number) throws InterruptedException {
    engine.awaitReader(1);
    engine.say(nanos(number), event(number, "die"));
  }

  @Override
  public boolean acknowledged(int number) throws IOException {
    Path cursor = directory.resolve("cursor");
    return Files.exists(cursor) && Files.readString(cursor).contains("\"nanos\":" + nanos(number));
  }

  @Override
  public void breakSource() {
    engine.close();
  }

  @Test
  void keepsTheLineAsItCameAndTheAnswerBehindIt() throws Exception {
    engine.answer(container(1), "{\"Id\":\"x\", \"HostConfig\":{\"Privileged\":true}}\n");
    start();
    engine.say(nanos(1), event(1, "create"));
    SourceRecord record = kept.await(1).get(0);
    List<String> lines = new String(record.value(), UTF_8).lines().toList();
    assertEquals(event(1, "create"), lines.get(0));
    assertEquals(
        "{\"fact\":\"inspect\",\"asked\":\"1970-01-01T00:00:00.000000000Z\",\"status\":200,"
            + "\"body\":{\"Id\":\"x\", \"HostConfig\":{\"Privileged\":true}}}",
        lines.get(1));
    assertEquals("io.stridewatch.docker.container", record.type());
    assertEquals(nanos(1) + "/container/create/" + container(1), record.id());
  }

  @Test
  void keepsWhatItsPluginWasToldOfACreationBehindTheEvent() throws Exception {
    Path socket = directory.resolve("authz.sock");
    authz = new AuthzCollector(socket, "lab", () -> Instant.EPOCH);
    Thread plugin = new Thread(() -> runAgain(authz));
    plugin.start();
    start();
    while (!Files.exists(socket)) {
      Thread.onSpinWait();
    }
    try (PluginClient client = new PluginClient(socket)) {
      client.post("/AuthZPlugin.AuthZReq", (CREATION + "}").getBytes(UTF_8));
      engine.say(nanos(1), event(1, "create"));
      client.post("/AuthZPlugin.AuthZRes", made(container(1)).getBytes(UTF_8));
      List<String> lines = text(kept.await(1).get(0)).lines().toList();
      assertEquals(
          "{\"fact\":\"authz\",\"asked\":\"1970-01-01T00:00:00.000000002Z\",\"body\":"
              + made(container(1))
              + "}",
          lines.get(2));
    } finally {
      authz.close();
      plugin.join();
    }
    assertEquals(1, kept.records().size());
  }

  private static String made(String id) {
    byte[] answer = ("{\"Id\":\"" + id + "\"}").getBytes(UTF_8);
    return CREATION + ",\"ResponseBody\":\"" + Base64.getEncoder().encodeToString(answer) + "\"}";
  }

  @Test
  void marksWhatTheEngineNoLongerKnows() throws Exception {
    start();
    engine.say(nanos(1), event(1, "start"));
    String fact = text(kept.await(1).get(0)).lines().toList().get(1);
    assertTrue(fact.endsWith(",\"status\":404}"), fact);
  }

  @Test
  void waitsForAnAnswerWithThatContainerAloneAndNotForEver() throws Exception {
    engine.answer(container(1), "hang");
    start();
    engine.say(nanos(1), event(1, "create"));
    engine.say(nanos(1) + 1, event(1, "attach").replace("" + nanos(1), "" + (nanos(1) + 1)));
    engine.say(nanos(2), event(2, "die"));
    assertTrue(text(kept.await(1).get(0)).contains("number-2"));
    List<SourceRecord> records = kept.await(3);
    assertTrue(text(records.get(1)).contains("\"missing\":\"no answer within 1 s\"}"));
    assertTrue(text(records.get(2)).contains("\"Action\":\"attach\""));
  }

  @Test
  void tellsAGapWhenTheEngineForgotWhatWasSeenLast() throws Exception {
    start();
    engine.say(nanos(1), event(1, "die"));
    kept.await(1);
    while (!acknowledged(1)) {
      Thread.onSpinWait();
    }
    engine.restart();
    engine.awaitReader(2);
    engine.say(nanos(3), event(3, "die"));
    List<SourceRecord> records = kept.await(3);
    assertEquals(Source.PIPELINE, records.get(1).source());
    assertEquals("io.stridewatch.pipeline.gap", records.get(1).type());
    assertEquals(nanos(3) + "/container/die/" + container(3), records.get(2).id());
  }

  @Test
  void tellsNeitherGapNorRepeatsOfPodmanThatRoundsTheTimeItIsAskedFor() throws Exception {
    engine.podman();
    start();
    engine.say(nanos(1) - 500, event(1, "die").replace("" + nanos(1), "" + (nanos(1) - 500)));
    engine.say(nanos(2), event(2, "die"));
    kept.await(2);
    while (!acknowledged(2)) {
      Thread.onSpinWait();
    }
    kept.failTimes(1);
    engine.say(nanos(3), event(3, "die"));
    List<SourceRecord> records = kept.await(3);
    engine.awaitReader(2);
    assertEquals(
        List.of(Source.DOCKER, Source.DOCKER, Source.DOCKER),
        records.stream().map(SourceRecord::source).toList());
    assertTrue(records.get(2).id().startsWith(nanos(3) + "/"), records.get(2).id());
  }

  @Test
  void tellsAGapOnceThoughTheEventBehindItWasNotKeptAtFirst() throws Exception {
    start();
    engine.say(nanos(1), event(1, "die"));
    kept.await(1);
    while (!acknowledged(1)) {
      Thread.onSpinWait();
    }
    engine.answer(container(3), "hang");
    engine.restart();
    engine.awaitReader(2);
    engine.say(nanos(3), event(3, "create"));
    assertEquals(Source.PIPELINE, kept.await(2).get(1).source());
    kept.failTimes(1);
    kept.awaitFailed();
    engine.awaitReader(3);
    List<SourceRecord> records = kept.await(3);
    assertEquals(nanos(3) + "/container/create/" + container(3), records.get(2).id());
    engine.restart();
    engine.awaitReader(4);
    engine.say(nanos(5), event(5, "die"));
    String next = text(kept.await(5).get(3));
    assertTrue(next.contains("\"from\":\"" + Times.text(Times.ofNanos(nanos(3)))), next);
  }

  @Test
  void tellsWhatContainersShowOfTheTimeThatTheEngineForgot() throws Exception {
    start();
    engine.say(nanos(1), event(1, "create"));
    engine.say(nanos(2), event(2, "die"));
    kept.await(2);
    while (!acknowledged(2)) {
      Thread.onSpinWait();
    }
    String later = "2026-11-21T05:00:00.5Z";
    String never = "0001-01-01T00:00:00Z";
    engine.answer(container(1), inspected("2026-11-21T04:00:00Z", later));
    engine.answer(container(2), inspected("2026-11-21T04:00:00Z", "2026-11-21T04:00:00Z"));
    engine.answer(container(3), inspected(later, never));
    engine.answerAt("/containers/json", list(1) + "," + list(2) + "," + list(3) + "]");
    engine.restart();
    engine.awaitReader(2);
    List<SourceRecord> records = kept.await(4);
    assertEquals(
        List.of("ended " + container(1), "found " + container(3)),
        records.subList(2, 4).stream()
            .map(record -> record.id().split("/"))
            .map(id -> id[2] + " " + id[3])
            .toList());
    assertEquals(Instant.parse(later), records.get(2).time());
    AuditEvent found = Decoders.decode(records.get(3));
    assertEquals(List.of("found", "create"), found.values("action"));
    assertEquals(List.of("true"), found.values("privileged"));
    assertEquals(List.of("number-3"), found.values("name"));
  }

  private static String list(int number) {
    return (number == 1 ? "[" : "") + "{\"Id\":\"" + container(number) + "\"}";
  }

  private static String inspected(String created, String finished) {
    return "{\"Created\":\"%s\",\"Name\":\"/number-3\",\"Config\":{\"Image\":\"busybox\"},"
            .formatted(created)
        + "\"HostConfig\":{\"Privileged\":true},\"State\":{\"FinishedAt\":\"%s\"}}"
            .formatted(finished);
  }

  @Test
  void saysWhatTheEngineIsAtEachConnection() throws Exception {
    engine.answerAt("/info", "{\"ID\":\"engine\",\"Name\":\"host\",\"Debug\":true}");
    engine.answerAt("/version", "{\"Version\":\"20.10.24\",\"ApiVersion\":\"1.41\"}");
    start();
    SourceRecord record = kept.await(1).get(0);
    AuditEvent connected = Decoders.decode(record);
    assertEquals("io.stridewatch.docker.daemon", record.type());
    assertEquals(List.of("connected"), connected.values("action"));
    assertEquals(List.of("true"), connected.values("Debug"));
    assertEquals(List.of("1.41"), connected.values("ApiVersion"));
    engine.restart();
    assertEquals(2, kept.await(2).size());
  }

  @Test
  void saysHowTheDaemonIsSetUpAndWhatAReloadChanged() throws Exception {
    new DaemonDirectory(directory)
        .runs("dockerd", "--icc=false")
        .configured("{ \"no-new-privileges\": true,\n  \"log-level\": \"info\" }\n");
    engine.answerAt("/info", "{\"ID\":\"engine\",\"Name\":\"host\"}");
    engine.answerAt("/version", "{}");
    start();
    AuditEvent connected = Decoders.decode(kept.await(1).get(0));
    assertEquals(List.of("inspect", "arguments", "configuration"), connected.values("facts"));
    assertEquals(List.of("true"), connected.values("noNewPrivileges"));
    assertEquals(List.of("false"), connected.values("icc"));
    assertEquals(List.of(), connected.values("changed"));
    new DaemonDirectory(directory).configured("{\"log-level\":\"info\"}");
    engine.say(nanos(1), reload(1));
    AuditEvent reloaded = Decoders.decode(kept.await(2).get(1));
    assertEquals(List.of("engine"), reloaded.values("ID"));
    assertEquals(List.of("no-new-privileges"), reloaded.values("changed"));
    assertEquals(List.of("false"), reloaded.values("noNewPrivileges"));
  }

  private static String reload(int number) {
    return "{\"Type\":\"daemon\",\"Action\":\"reload\",\"Actor\":{\"ID\":\"engine\"},\"timeNano\":%d}"
        .formatted(nanos(number));
  }

  @Test
  void repeatsNothingWhenTheEngineStillKnowsWhatWasSeenLast() throws Exception {
    start();
    engine.say(nanos(1), event(1, "die"));
    kept.await(1);
    while (!acknowledged(1)) {
      Thread.onSpinWait();
    }
    collector.close();
    thread.join();
    start();
    engine.awaitReader(2);
    engine.say(nanos(2), event(2, "die"));
    assertTrue(text(kept.await(2).get(1)).contains("number-2"));
  }

  @Test
  void setsAsideALineThatIsNoEvent() throws Exception {
    start();
    engine.say(nanos(1), "{\"message\":\"what?\"}");
    engine.say(nanos(2), event(2, "die"));
    kept.await(1);
    assertEquals(1, kept.awaitRejected(1).size());
  }

  @Test
  void refusesAnAddressThatNoEngineHas() {
    assertThrows(IllegalArgumentException.class, () -> DockerAddress.plain("http://x"));
    assertThrows(IllegalArgumentException.class, () -> DockerAddress.plain("/var/run/docker.sock"));
  }

  private void start() throws InterruptedException {
    collector = collector();
    Collector running = collector;
    thread = new Thread(() -> runAgain(running));
    thread.start();
    engine.awaitReader(1);
  }

  private void runAgain(Collector running) {
    try {
      while (true) {
        try {
          running.run(kept);
          return;
        } catch (IOException e) {
          Thread.onSpinWait();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long nanos(int number) {
    return FakeEngine.BEGIN + number;
  }

  private static String container(int number) {
    return "%064x".formatted(number);
  }

  private static String event(int number, String action) {
    String id = container(number);
    return ("{\"status\":\"%s\",\"id\":\"%s\",\"from\":\"busybox\",\"Type\":\"container\",\"Action\":\"%s\","
            + "\"Actor\":{\"ID\":\"%s\",\"Attributes\":{\"image\":\"busybox\",\"name\":\"number-%d\"}},"
            + "\"scope\":\"local\",\"time\":%d,\"timeNano\":%d}")
        .formatted(action, id, action, id, number, nanos(number) / 1_000_000_000L, nanos(number));
  }

  private static String text(SourceRecord record) {
    return new String(record.value(), UTF_8);
  }
}
