package io.stridewatch.deploy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * The real command in a process of its own, as a person runs it, with its lines as they come.
 * Killed with -9 when a test closes it without having ended it.
 */
final class Command implements AutoCloseable {
  private final Process process;
  private final Lines out;
  private final Lines err;

  private Command(Process process) {
    this.process = process;
    this.out = new Lines(process.getInputStream());
    this.err = new Lines(process.getErrorStream());
  }

  /** Starts it. */
  static Command start(String... arguments) throws IOException {
    return start(Path.of("").toAbsolutePath(), arguments);
  }

  /** Starts it in that directory. */
  static Command start(Path directory, String... arguments) throws IOException {
    return java(directory, "io.stridewatch.deploy.Stridewatch", arguments);
  }

  /** Starts another program of the same class path. */
  static Command java(Path directory, String program, String... arguments) throws IOException {
    return java(directory, System.getProperty("java.class.path"), program, arguments);
  }

  /** Starts a program of another class path. */
  static Command java(Path directory, String classPath, String program, String... arguments)
      throws IOException {
    return of(
        new ProcessBuilder(line(classPath, program, arguments)).directory(directory.toFile()));
  }

  /** Starts what was made ready, such as with an environment or another account. */
  static Command of(ProcessBuilder process) throws IOException {
    return new Command(process.start());
  }

  /** The command with its Java, word by word. */
  static List<String> line(String... arguments) {
    return line(
        System.getProperty("java.class.path"), "io.stridewatch.deploy.Stridewatch", arguments);
  }

  /** A program with its Java, word by word. */
  static List<String> line(String classPath, String program, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-Duser.timezone=UTC", "-Dfile.encoding=UTF-8", "-cp", classPath, program));
    line.addAll(Arrays.asList(arguments));
    return line;
  }

  /** The next line of standard output, or null when none comes in so many seconds. */
  String outLine(int seconds) throws InterruptedException {
    return out.queue.poll(seconds, SECONDS);
  }

  /**
   * The first line of standard output that is so; fails the test when none comes in so many
   * seconds.
   */
  String awaitOut(Predicate<String> wanted, int seconds) throws InterruptedException {
    return out.await(wanted, seconds, this);
  }

  /**
   * The first line of standard error that is so; fails the test when none comes in so many seconds.
   */
  String awaitErr(Predicate<String> wanted, int seconds) throws InterruptedException {
    return err.await(wanted, seconds, this);
  }

  /** All of standard output so far. */
  List<String> outLines() {
    return List.copyOf(out.all);
  }

  /** All of standard error so far. */
  List<String> errLines() {
    return List.copyOf(err.all);
  }

  /** Waits for the end and gives the exit status. */
  int status(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, SECONDS)) {
      fail("did not end within " + seconds + " s: " + this);
    }
    out.join();
    err.join();
    return process.exitValue();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGINT, as Ctrl-C sends it. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** What its standard input reads. */
  OutputStream in() {
    return process.getOutputStream();
  }

  /** SIGKILL: no code of it runs any more. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    kill();
  }

  @Override
  public String toString() {
    return "out=" + out.all + "\nerr=" + String.join("\n", err.all);
  }

  private static final class Lines extends Thread {
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final InputStream in;

    Lines(InputStream in) {
      this.in = in;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          all.add(line);
          queue.add(line);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String await(Predicate<String> wanted, int seconds, Command command)
        throws InterruptedException {
      long until = System.nanoTime() + SECONDS.toNanos(seconds);
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        String line = queue.poll(left, java.util.concurrent.TimeUnit.NANOSECONDS);
        if (line != null && wanted.test(line)) {
          return line;
        }
      }
      return fail("the line did not come within " + seconds + " s: " + command);
    }
  }
}
