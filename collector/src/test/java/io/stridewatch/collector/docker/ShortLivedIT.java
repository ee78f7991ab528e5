package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Containers that are gone at once, one and four at a time: by asking the engine alone, with no
 * plug-in. {@code -Dshort-lived=300} makes so many of each kind, and the share that was told whole
 * is printed; of the rest is told that it was not found.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ShortLivedIT {
  private static final int CONTAINERS = Integer.getInteger("short-lived", 12);
  private static final String SOCKET = "/var/run/docker.sock";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private EngineCalls engine;
  private DockerCollector collector;
  private Thread thread;

  @BeforeEach
  void connect() throws Exception {
    Live.needs(Files.isWritable(Path.of(SOCKET)), "a Docker engine at " + SOCKET);
    engine = new EngineCalls("unix://" + SOCKET);
    engine.makeImage();
    Path cursor = directory.resolve("cursor");
    collector = new DockerCollector("unix://" + SOCKET, "lab", cursor, InstantSource.system());
    thread = new Thread(this::collect);
    thread.start();
    kept.awaitThat(records -> text(records).contains("connected"), "the connection");
  }

  private void collect() {
    try {
      collector.run(kept);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void disconnect() throws Exception {
    if (collector != null) {
      collector.close();
      thread.join();
      engine.removeImage();
      engine.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatIsRemovedAsSoonAsItIsMadeIsToldWholeOrAsNotFound(int atOnce) throws Exception {
    assertTold("created and removed", atOnce, all(atOnce, this::createdAndRemoved));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatEndsAsSoonAsItRunsIsToldWholeOrAsNotFound(int atOnce) throws Exception {
    assertTold("run --rm", atOnce, all(atOnce, this::ranAndEnded));
  }

  private String createdAndRemoved() throws IOException {
    String id = engine.create();
    engine.remove(id);
    return id;
  }

  private String ranAndEnded() throws Exception {
    Path named = Files.createTempFile(directory, "run", ".id");
    Files.delete(named);
    String[] command = {
      "docker",
      "run",
      "--rm",
      "--cidfile",
      named.toString(),
      "--network=none",
      "busybox:1.36",
      "true"
    };
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    return Files.readString(named);
  }

  private static List<String> all(int atOnce, Callable<String> made) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<String>> asked = new ArrayList<>();
      for (int i = 0; i < CONTAINERS; i++) {
        asked.add(clients.submit(made));
      }
      List<String> ids = new ArrayList<>();
      for (Future<String> id : asked) {
        ids.add(id.get());
      }
      return ids;
    } finally {
      clients.shutdownNow();
    }
  }

  private void assertTold(String what, int atOnce, List<String> ids) throws Exception {
    int whole = 0;
    for (String id : ids) {
      String wanted = "/container/create/" + id;
      kept.awaitThat(records -> text(records).contains(wanted), wanted);
      SourceRecord create = of(wanted);
      JsonNode fact = JSON.readTree(new String(create.value(), UTF_8).lines().toList().get(1));
      boolean found = fact.path("body").path("HostConfig").isObject();
      assertTrue(
          found || fact.has("missing") || fact.path("status").asInt() == 404, fact::toString);
      whole += found ? 1 : 0;
    }
    System.err.printf(
        "short-lived: %s, %d at a time: %d of %d told whole%n", what, atOnce, whole, ids.size());
    assertTrue(whole >= ids.size() * 3 / 4, whole + " of " + ids.size());
  }

  private SourceRecord of(String words) {
    return kept.records().stream()
        .filter(one -> one.id().contains(words))
        .findFirst()
        .orElseThrow();
  }

  private static String text(List<SourceRecord> records) {
    return String.join(" ", records.stream().map(SourceRecord::id).toList());
  }
}
