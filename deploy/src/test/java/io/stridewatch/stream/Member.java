package io.stridewatch.stream;

import io.stridewatch.deploy.broker.Instance;
import io.stridewatch.event.Decoders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One of several processes that share the partitions: a detection on an instance's broker. */
final class Member implements AutoCloseable {
  private final Process process;

  private Member(Process process) {
    this.process = process;
  }

  /**
   * Judges until it is told to end, by a file of rules if there is one, as it changes; says on
   * standard output when it has its partitions.
   */
  public static void main(String[] args) throws Exception {
    Kafka kafka = Instance.find(Path.of(args[0])).orElseThrow().kafka();
    Remembering rules = args.length > 2 ? Remembering.rules(Path.of(args[2])) : null;
    Detection detection =
        new Detection(
            kafka,
            rules == null ? Sample::decode : Decoders::decode,
            rules == null ? new Sample.OneRule() : rules,
            Detection.Settings.of(args[1]),
            Clock.systemUTC());
    Thread thread = new Thread(() -> Road.run(detection));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(detection, thread)));
    thread.start();
    while (!detection.ready()) {
      thread.join(50);
    }
    System.out.println("ready");
    while (rules != null && thread.isAlive()) {
      rules.look();
      thread.join(200);
    }
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
    return start(List.of(data.toString(), id));
  }

  /** The same, judging by a file of rules. */
  static Member start(Path data, String id, Path rules) throws IOException {
    return start(List.of(data.toString(), id, rules.toString()));
  }

  private static Member start(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Member.class.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader told =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(told.readLine())) {
      throw new IOException("member " + arguments + " ended before it had its partitions");
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
