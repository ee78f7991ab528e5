package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Podman service of its own, as an engine: containers are made and removed, none runs. */
class PodmanIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PODMAN = Path.of("/usr/bin/podman");
  private static final String PAST = "/events?stream=false&since=1";
  private static final String IMAGE = "\"Type\":\"image\"";

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private Path socket;
  private Process podman;
  private EngineCalls engine;
  private DockerCollector collector;
  private Thread thread;

  @BeforeEach
  void serve() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(PODMAN), "needs podman");
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    socket = directory.resolve("podman.sock");
    String address = "unix://" + socket;
    podman =
        new ProcessBuilder(command("system", "service", "--time=0", address))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("podman.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(socket) && podman.isAlive() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertTrue(Files.exists(socket), () -> log());
    engine = new EngineCalls(address);
  }

  /** Podman tells of an image when it likes, be it after a container of it. */
  private void image() throws Exception {
    engine.makeImage();
    until("an image is told", () -> engine.get(PAST).contains(IMAGE));
  }

  private static void until(String what, Callable<Boolean> so) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!so.call()) {
      assertTrue(System.nanoTime() < end, "waited for 30 s: " + what);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private List<String> command(String... words) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                PODMAN.toString(),
                "--root=" + directory.resolve("root"),
                "--runroot=" + directory.resolve("run"),
                "--storage-driver=vfs",
                "--events-backend=file",
                "--tmpdir=" + directory.resolve("tmp")));
    command.addAll(List.of(words));
    return command;
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("podman.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterEach
  void stop() throws Exception {
    stopCollector();
    if (engine != null) {
      engine.close();
    }
    if (podman != null) {
      podman.destroy();
      podman.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void tellsWhatAContainerWasGivenAndGoesOnAfterARestartWithoutAGap() throws Exception {
    image();
    start();
    String first = engine.create();
    JsonNode given = JSON.readTree(await(first, "create").lines().toList().get(1)).path("body");
    assertTrue(given.path("HostConfig").path("Privileged").asBoolean(), given.toString());
    assertEquals(
        "/etc:/x", given.path("HostConfig").path("Binds").path(0).asText().substring(0, 7));
    awaitCursor(first);
    stopCollector();
    String second = engine.create();
    start();
    await(second, "create");
    List<SourceRecord> records = kept.records();
    assertEquals(0, records.stream().filter(one -> one.source() == Source.PIPELINE).count());
    List<String> ids = records.stream().map(SourceRecord::id).toList();
    assertEquals(ids.stream().distinct().count(), ids.size());
  }

  private void start() {
    collector =
        new DockerCollector(
            "unix://" + socket, "lab", directory.resolve("cursor"), InstantSource.system());
    DockerCollector one = collector;
    thread =
        new Thread(
            () -> {
              try {
                one.run(kept);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
  }

  private void stopCollector() throws InterruptedException {
    if (collector != null) {
      collector.close();
      thread.join();
    }
  }

  private String await(String container, String action) throws InterruptedException {
    String wanted = "/container/" + action + "/" + container;
    kept.awaitThat(records -> records.stream().anyMatch(one -> one.id().contains(wanted)), wanted);
    SourceRecord record =
        kept.records().stream().filter(one -> one.id().contains(wanted)).findFirst().orElseThrow();
    return new String(record.value(), UTF_8);
  }

  private void awaitCursor(String container) throws Exception {
    Path cursor = directory.resolve("cursor");
    until(
        "the cursor comes to " + container,
        () -> Files.exists(cursor) && Files.readString(cursor).contains(container));
  }
}
