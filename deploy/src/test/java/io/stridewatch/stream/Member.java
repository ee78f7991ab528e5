package io.stridewatch.stream;

import io.stridewatch.deploy.broker.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** One of several processes that share the partitions: a detection on an instance's broker. */
final class Member implements AutoCloseable {
  private final Process process;

  private Member(Process process) {
    this.process = process;
  }

  /** Judges until it is told to end; says on standard output when it has its partitions. */
  public static void main(String[] args) throws Exception {
    Kafka kafka = Instance.find(Path.of(args[0])).orElseThrow().kafka();
    Detection detection =
        new Detection(
            kafka,
            Sample::decode,
            new Sample.OneRule(),
            Detection.Settings.of(args[1]),
            Clock.systemUTC());
    Thread thread = new Thread(() -> Road.run(detection));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(detection, thread)));
    thread.start();
    while (!detection.ready()) {
      thread.join(50);
    }
    System.out.println("ready");
    thread.join();
  }

  private static void end(Detection detection, Thread thread) {
    detection.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it and returns when it has its partitions. */
  static Member start(Path data, String id) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Member.class.getName(),
                data.toString(),
                id)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader told =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(told.readLine())) {
      throw new IOException("member " + id + " ended before it had its partitions");
    }
    return new Member(process);
  }

  /** Ends without a word. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends in order. */
  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Holds it, or lets it go on: STOP, CONT. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
