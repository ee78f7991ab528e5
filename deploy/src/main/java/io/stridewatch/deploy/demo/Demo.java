package io.stridewatch.deploy.demo;

import io.stridewatch.Times;
import io.stridewatch.deploy.settings.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bundled story. {@link #open} makes the places that the collectors watch, {@link #flags} names
 * them as settings, and {@link #play} tells the story there in about forty seconds, on the caller's
 * thread. Everything stays on 127.0.0.1 and in one folder that {@link #close} deletes.
 */
public final class Demo implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BATCH = Duration.ofMillis(250);

  private final Vertx vertx;
  private final DockerFacade docker;
  private final HostPort webhook;
  private final Path folder;
  private final Path auditLog;

  private Demo(Vertx vertx, DockerFacade docker, HostPort webhook, Path folder) throws IOException {
    this.vertx = vertx;
    this.docker = docker;
    this.webhook = webhook;
    this.folder = folder;
    this.auditLog = Files.createFile(folder.resolve("audit.log"));
  }

  /**
   * Makes its places.
   *
   * @param parent where its folder goes: one that is there
   * @throws IOException when it can't write there or listen
   */
  public static Demo open(Path parent) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(parent, "demo-");
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    return new Demo(vertx, DockerFacade.open(vertx), HostPort.free(), folder);
  }

  /** Where its places lie, and whatever else is to go with it. */
  public Path folder() {
    return folder;
  }

  /** What to set, as flags: the collectors' addresses, and names that are no real machine's. */
  public Map<String, List<String>> flags() {
    Map<String, List<String>> flags = new LinkedHashMap<>();
    flags.put("docker", List.of(docker.address()));
    flags.put("auditd", List.of(auditLog.toString()));
    flags.put("kubernetes-webhook", List.of(webhook.toString()));
    flags.put("kubernetes-log", List.of("off"));
    flags.put("lateness", List.of("kubernetes=5s"));
    flags.put("scope", List.of("demo-host"));
    flags.put("cluster", List.of("demo-cluster"));
    return flags;
  }

  /**
   * Waits for the collectors, then tells the story from now on; returns when it is told.
   *
   * @throws IOException when a collector does not come or does not take what it is told
   * @throws InterruptedException when the thread is told to stop
   */
  public void play() throws IOException, InterruptedException {
    play(Demo::waitUntil);
  }

  /** How long a scene waits for its time. */
  @FunctionalInterface
  interface Waiting {
    void until(Instant time) throws InterruptedException;
  }

  void play(Waiting waiting) throws IOException, InterruptedException {
    ApiServer apiServer = new ApiServer(webhook);
    if (!docker.subscribed(PATIENCE)) {
      throw new IOException("the demo waited 30 s for the Docker collector to ask for events");
    }
    if (!apiServer.listening(PATIENCE)) {
      throw new IOException("the demo waited 30 s for the Kubernetes webhook at " + webhook);
    }
    Story story = Story.at(Instant.now());
    docker.answers(story.answers());
    tell(story.scenes(), apiServer, waiting);
  }

  private void tell(List<Scene> scenes, ApiServer apiServer, Waiting waiting)
      throws IOException, InterruptedException {
    List<Scene> batch = new ArrayList<>();
    for (Scene scene : scenes) {
      if (!batch.isEmpty() && scene.nanos() > batch.get(0).nanos() + BATCH.toNanos()) {
        apiServer.post(batch);
        batch.clear();
      }
      waiting.until(Times.ofNanos(scene.nanos()));
      switch (scene.source()) {
        case DOCKER -> docker.tell(scene);
        case AUDITD -> append(scene);
        default -> batch.add(scene);
      }
    }
    if (!batch.isEmpty()) {
      apiServer.post(batch);
    }
  }

  private static void waitUntil(Instant time) throws InterruptedException {
    long millis = Duration.between(Instant.now(), time).toMillis();
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }

  private void append(Scene event) throws IOException {
    byte[] lines = Arrays.copyOf(event.raw(), event.raw().length + 1);
    lines[event.raw().length] = '\n';
    Files.write(auditLog, lines, StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    docker.close();
    vertx.close();
    if (Files.notExists(folder)) {
      return; // closed before
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
