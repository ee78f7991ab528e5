package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.HostPort;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.io.Writer;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A {@code collect} in a process of its own, from its start to its end, that hears of all three
 * sources: what it loads is an archive that is half as large as that of everything, and so is the
 * memory of those that run everywhere. What it does not load makes each of those open jars, whose
 * directories stay in memory.
 */
final class WarmUpCollector {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVENT =
      "type=SYSCALL msg=audit(1795233600.003:1): arch=c000003e syscall=90 success=yes exit=0"
          + " items=1 ppid=1 pid=2 auid=0 uid=0 exe=\"/bin/chmod\"\n"
          + "type=PROCTITLE msg=audit(1795233600.003:1): proctitle=\"chmod\"\n";

  private static final String POSTED =
      "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
          + "{\"level\":\"Metadata\",\"auditID\":\"warm-up\",\"stage\":\"ResponseComplete\","
          + "\"requestURI\":\"/version\",\"verb\":\"get\",\"user\":{\"username\":\"warm-up\"},"
          + "\"requestReceivedTimestamp\":\"2026-11-21T04:00:00.000000Z\","
          + "\"stageTimestamp\":\"2026-11-21T04:00:00.000001Z\"}]}";

  private final Path directory;
  private final String classPath;
  private final Kafka kafka;
  private final HostPort webhook;

  /**
   * @param directory its own; need not be there
   * @param classPath as a collect has it later: the archive is of use with no other
   * @param kafka one that runs, with our topics
   */
  WarmUpCollector(Path directory, String classPath, Kafka kafka) throws IOException {
    this.directory = directory;
    this.classPath = classPath;
    this.kafka = kafka;
    this.webhook = HostPort.free();
  }

  /**
   * Has it collect an event of each source, end in order, and leave its archive there.
   *
   * @throws IOException when it does not do so in time; then there may be none
   */
  void archive(Path archive) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path log = Files.createFile(directory.resolve("audit.log"));
    Path cursors = directory.resolve("data/collect/cursors");
    Path cursor = cursors.resolve("auditd");
    WarmUpEngine engine = WarmUpEngine.open(directory.resolve("docker.sock"));
    Process collect =
        new ProcessBuilder(command(archive, log))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await(collect, () -> Files.exists(cursor));
      Files.writeString(log, EVENT, StandardOpenOption.APPEND);
      String behind = "\"offset\":" + EVENT.length();
      await(collect, () -> Files.readString(cursor).contains(behind));
      await(collect, this::posted);
      await(collect, () -> Files.exists(cursors.resolve("docker")));
      collect.destroy();
      collect.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } finally {
      collect.destroyForcibly();
      engine.close();
    }
  }

  /**
   * Whether somebody listened and was posted an event. By hand: a client would be in the archive of
   * everything.
   */
  private boolean posted() throws IOException {
    try (Socket socket = new Socket(webhook.host(), webhook.port())) {
      byte[] body = POSTED.getBytes(StandardCharsets.US_ASCII);
      String head =
          "POST /k8s-audit HTTP/1.1\r\nHost: warm-up\r\nContent-Type: application/json\r\n"
              + "Content-Length: %d\r\nConnection: close\r\n\r\n".formatted(body.length);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getInputStream().readAllBytes();
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private List<String> command(Path archive, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-XX:ArchiveClassesAtExit=" + archive);
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=off", "-XX:+UseSerialGC"));
    for (String property :
        List.of("slf4j.provider", "slf4j.internal.verbosity", "picocli.disable.closures")) {
      command.add("-D" + property + "=" + System.getProperty(property, ""));
    }
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(Stridewatch.class.getName(), "collect", "--http=127.0.0.1:0"));
    command.addAll(List.of("--kafka=" + kafka.address(), "--kafka-config=" + settings()));
    command.addAll(List.of("--data=" + directory.resolve("data"), "--auditd=" + log));
    command.add("--docker=unix://" + directory.resolve("docker.sock"));
    command.add("--kubernetes-webhook=" + webhook);
    return command;
  }

  private Path settings() throws IOException {
    Path file = directory.resolve("kafka.properties");
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Process process, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("collect did not get so far");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
