package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.docker.PluginClient.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AuthzCollectorTest {
  private static final String ALLOWED = "{\"Allow\":true}";

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private final List<AuthzCollector> running = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Instant now = Instant.parse("2026-11-21T04:10:06Z");
  private Path socket;
  private AuthzCollector collector;
  private PluginClient engine;

  @BeforeEach
  void start() throws Exception {
    socket = directory.resolve("plugins/stridewatch.sock");
    collector = listening();
    engine = new PluginClient(socket);
  }

  @AfterEach
  void stop() throws Exception {
    engine.close();
    kept.letGo();
    for (AuthzCollector each : running) {
      each.close();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void saysThatItIsAnAuthorisationPlugin() throws IOException {
    assertEquals("{\"Implements\":[\"authz\"]}", engine.post("/Plugin.Activate", new byte[0]));
  }

  @Test
  void letsNobodyElseConnect() throws IOException {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
  }

  @Test
  void allowsEveryCallAndKeepsOneRecordForEachRequestThatChangesSomething() throws Exception {
    for (Recorded call : Recorded.all()) {
      assertEquals(ALLOWED, engine.post(call), call.uri());
    }
    List<String> before = actions(kept.await(7));
    assertEquals(7, before.size(), before.toString());
    assertFalse(before.stream().anyMatch(action -> action.endsWith("/wait")), before.toString());
    now = now.plusSeconds(4);
    assertEquals(
        List.of(
            "POST /auth",
            "POST /build",
            "POST /containers/c9/start",
            "POST /containers/create",
            "POST /containers/create",
            "POST /containers/create",
            "POST /containers/web/exec",
            "POST /secrets/create",
            "POST /volumes/create"),
        actions(kept.await(9)));
  }

  @Test
  void allowsWhatItCannotReadAndSetsItAside() throws Exception {
    assertEquals(ALLOWED, engine.post("/AuthZPlugin.AuthZReq", "what?".getBytes(UTF_8)));
    assertEquals(1, kept.awaitRejected(1).size());
  }

  @Test
  void keepsARequestThatNobodyAnswered() throws Exception {
    engine.post(Recorded.of("Req", "/auth"));
    now = now.plusSeconds(4);
    assertTrue(text(kept.await(1).get(0)).contains("\"hook\":\"AuthZReq\""));
  }

  @Test
  void allowsWhileNothingCanBeKept() throws Exception {
    kept.hold();
    engine.post(Recorded.of("Res", "/auth"));
    kept.awaitHeld();
    for (Recorded call : Recorded.all()) {
      assertEquals(ALLOWED, engine.post(call));
    }
    kept.letGo();
    kept.await(7);
  }

  @Test
  void keepsLaterWhatCouldNotBeKept() throws Exception {
    kept.failTimes(2);
    engine.post(Recorded.of("Res", "/auth"));
    engine.post("/AuthZPlugin.AuthZReq", "what?".getBytes(UTF_8));
    assertEquals(List.of("POST /auth"), actions(kept.await(1)));
    kept.awaitRejected(1);
  }

  @Test
  void givesWhatMadeAContainerToItsEventAndMakesNoRecordOfIt() throws Exception {
    engine.post(Recorded.of("Req", "name=keep"));
    CompletableFuture<byte[]> fact = awaited();
    engine.post(Recorded.of("Res", "name=keep"));
    String line = new String(fact.get(10, TimeUnit.SECONDS), UTF_8);
    assertTrue(
        line.startsWith("{\"fact\":\"authz\",\"asked\":\"2026-11-21T04:10:06.0000000"), line);
    now = now.plusSeconds(4);
    engine.post(Recorded.of("Res", "/auth"));
    assertEquals(List.of("POST /auth"), actions(kept.await(1)));
  }

  @Test
  void knowsAtOnceWhenNobodyAskedToMakeAContainer() throws Exception {
    engine.post(Recorded.of("Res", "/auth"));
    kept.await(1);
    assertNull(collector.made("0".repeat(64)));
  }

  @Test
  void handsItsNameToANewerProcessAndServesWhoIsConnected() throws Exception {
    AuthzCollector newer = listening();
    assertEquals(ALLOWED, engine.post(Recorded.of("Res", "/auth")));
    collector.close();
    threads.get(0).join();
    try (PluginClient next = new PluginClient(socket)) {
      assertEquals(ALLOWED, next.post(Recorded.of("Res", "/auth")));
    }
    newer.close();
    assertEquals(2, kept.await(2).size());
  }

  @Test
  void listensAnewWhenItsSocketWasRemoved() throws Exception {
    Files.delete(socket);
    while (!Files.exists(socket)) {
      Thread.onSpinWait();
    }
    try (PluginClient next = new PluginClient(socket)) {
      assertEquals(ALLOWED, next.post(Recorded.of("Res", "/auth")));
    }
  }

  @Test
  void keepsWhatItHeardBeforeItEnds() throws Exception {
    engine.post(Recorded.of("Req", "/auth"));
    collector.close();
    threads.get(0).join();
    assertEquals(List.of("POST /auth"), actions(kept.records()));
  }

  @Test
  void dropsAndCountsWhatThereIsNoRoomFor() {
    byte[] call = Recorded.of("Res", "/auth").body();
    AuthzCalls full = new AuthzCalls(() -> now, 2L * call.length);
    for (int i = 0; i < 5; i++) {
      full.offer(AuthzCall.ANSWERED, call);
    }
    assertEquals(3, full.dropped().calls());
    assertNull(full.dropped());
  }

  /** The fact of the recorded container, when its request has been read. */
  private CompletableFuture<byte[]> awaited() {
    String id = AuthzCall.read("AuthZRes", 1, Recorded.of("Res", "name=keep").body()).made();
    CompletableFuture<byte[]> fact = collector.made(id);
    while (fact == null) {
      Thread.onSpinWait();
      fact = collector.made(id);
    }
    return fact;
  }

  private AuthzCollector listening() throws IOException {
    Object before = Files.exists(socket) ? Files.getAttribute(socket, "unix:ino") : null;
    AuthzCollector fresh = new AuthzCollector(socket, "lab", () -> now);
    Thread thread = new Thread(() -> runAgain(fresh));
    running.add(fresh);
    threads.add(thread);
    thread.start();
    while (!Files.exists(socket) || Files.getAttribute(socket, "unix:ino").equals(before)) {
      Thread.onSpinWait();
    }
    return fresh;
  }

  private void runAgain(AuthzCollector each) {
    try {
      while (true) {
        try {
          each.run(kept);
          return;
        } catch (IOException e) {
          Thread.onSpinWait();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> actions(List<SourceRecord> records) {
    return records.stream()
        .map(record -> text(record).replaceFirst(".*\"Action\":\"([^\"]*)\".*", "$1"))
        .sorted()
        .toList();
  }

  private static String text(SourceRecord record) {
    return new String(record.value(), UTF_8);
  }
}
