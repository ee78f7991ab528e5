package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Live;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerCollectorIT {
  private static final int CONTAINERS = 20;
  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private DockerHttpClient client;
  private DockerCollector collector;
  private Thread thread;
  private int others;

  @BeforeEach
  void connect() throws IOException {
    Live.needs(Files.isWritable(SOCKET), "a Docker engine at " + SOCKET);
    client =
        new ZerodepDockerHttpClient.Builder().dockerHost(URI.create("unix://" + SOCKET)).build();
    call(Request.Method.POST, "/images/create?fromSrc=-&repo=stridewatch-it", new byte[1024]);
  }

  @AfterEach
  void disconnect() throws Exception {
    if (collector != null) {
      stop();
    }
    if (client != null) {
      call(Request.Method.DELETE, "/images/stridewatch-it?force=1", null);
      client.close();
    }
  }

  /** A container may be gone before the engine is asked; then that is what its record says. */
  @Test
  void hearsOfContainersThatAreRemovedAtOnceWithWhatTheyWereGiven() throws Exception {
    start();
    int told = 0;
    for (int i = 0; i < CONTAINERS; i++) {
      String id =
          create(
              "{\"Image\":\"stridewatch-it\",\"Cmd\":[\"x\"],\"HostConfig\":{\"Privileged\":true}}");
      call(Request.Method.DELETE, "/containers/" + id, null);
      List<String> create = await(id, "create").lines().toList();
      assertEquals(2, create.size());
      JsonNode fact = JSON.readTree(create.get(1));
      boolean found = fact.path("status").asInt() == 200;
      assertEquals(found, fact.path("body").path("HostConfig").path("Privileged").asBoolean());
      assertTrue(found || fact.path("status").asInt() == 404, create.get(1));
      told += found ? 1 : 0;
      assertEquals(1, await(id, "destroy").lines().count());
    }
    assertTrue(told >= CONTAINERS * 3 / 4, told + " of " + CONTAINERS);
  }

  @Test
  void goesOnAfterARestartWhereItStopped() throws Exception {
    start();
    String first = create("{\"Image\":\"stridewatch-it\",\"Cmd\":[\"x\"]}");
    await(first, "create");
    stop();
    String second = create("{\"Image\":\"stridewatch-it\",\"Cmd\":[\"x\"]}");
    start();
    await(second, "create");
    call(Request.Method.DELETE, "/containers/" + first, null);
    call(Request.Method.DELETE, "/containers/" + second, null);
    await(second, "destroy");
    List<String> ids = kept.records().stream().map(SourceRecord::id).toList();
    assertEquals(ids.stream().distinct().count(), ids.size());
  }

  @Test
  void readsTheArgumentsAndTheFileOfTheDaemonThatItIsConnectedTo() throws Exception {
    Live.needs(Files.isReadable(Path.of("/var/run/docker.pid")), "dockerd with its own pid file");
    start();
    List<String> facts = await("", "connected").lines().skip(3).toList();
    JsonNode words = JSON.readTree(facts.get(0)).path("body").path("args");
    assertTrue(words.path(0).asText().endsWith("dockerd"), facts.get(0));
    assertTrue(facts.get(1).startsWith("{\"fact\":\"configuration\","), facts.get(1));
  }

  @Test
  void tellsOfTheDaemonsFileWhatIsOtherThanWhenItWasLastSafe() throws Exception {
    Live.needs(Files.isReadable(Path.of("/var/run/docker.pid")), "dockerd with its own pid file");
    start();
    await("", "connected");
    stop();
    Path known = directory.resolve("cursor-daemon");
    String then = Files.readString(known);
    assertTrue(then.startsWith("{\"format\":1,\"engine\":\"unix:///var/run/docker.sock\","), then);
    String other = "\"configuration\":\"{\\\"was-set\\\":true}\"}\n";
    Files.writeString(
        known, then.replaceFirst("\"configuration\".*\n", Matcher.quoteReplacement(other)));
    start();
    kept.awaitThat(
        records -> records.stream().anyMatch(one -> text(one).contains("\"was-set\":[true,null]")),
        "what the file no longer sets");
  }

  private static String text(SourceRecord record) {
    return new String(record.value(), UTF_8);
  }

  private void start() throws Exception {
    others = listeners();
    collector =
        new DockerCollector(
            "unix://" + SOCKET, "lab", directory.resolve("cursor"), InstantSource.system());
    thread =
        new Thread(
            () -> {
              try {
                collector.run(kept);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    while (listeners() <= others) {
      Thread.onSpinWait();
    }
  }

  /**
   * Until the engine has noticed, too: the next one's listener must not be taken for this one's.
   */
  private void stop() throws Exception {
    collector.close();
    thread.join();
    while (listeners() > others) {
      Thread.onSpinWait();
    }
  }

  private int listeners() throws IOException {
    return JSON.readTree(call(Request.Method.GET, "/info", null)).path("NEventsListener").asInt();
  }

  private String create(String json) throws IOException {
    byte[] answer = call(Request.Method.POST, "/containers/create", json.getBytes(UTF_8));
    return JSON.readTree(answer).path("Id").asText();
  }

  private String await(String container, String action) throws InterruptedException {
    String wanted = (container.isEmpty() ? "/daemon/" : "/container/") + action + "/" + container;
    kept.awaitThat(records -> records.stream().anyMatch(one -> one.id().contains(wanted)), wanted);
    SourceRecord record =
        kept.records().stream().filter(one -> one.id().contains(wanted)).findFirst().orElseThrow();
    return new String(record.value(), UTF_8);
  }

  private byte[] call(Request.Method method, String path, byte[] body) throws IOException {
    Request.Builder request = Request.builder().method(method).path(path);
    if (body != null) {
      request.putHeader(
          "Content-Type", path.startsWith("/images") ? "application/x-tar" : "application/json");
      request.body(new ByteArrayInputStream(body));
    }
    try (Response response = client.execute(request.build())) {
      byte[] answer = response.getBody().readAllBytes();
      assertTrue(response.getStatusCode() < 300, () -> path + ": " + new String(answer, UTF_8));
      return answer;
    }
  }
}
