package io.stridewatch.deploy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  /** The class that a person's command starts. */
  static final String PROGRAM = "io.stridewatch.deploy.Stridewatch";

  private final Process process;
  private final Lines out;
  private final Lines err;

  private Command(Process process, PrintStream copy) {
    this.process = process;
    this.out = new Lines(process.getInputStream(), copy);
    this.err = new Lines(process.getErrorStream(), copy);
  }

  /** Starts it. */
  static Command start(String... arguments) throws IOException {
    return start(Path.of("").toAbsolutePath(), arguments);
  }

  /** Starts it in that directory. */
  static Command start(Path directory, String... arguments) throws IOException {
    return java(directory, PROGRAM, arguments);
  }

  /** Starts it for the instance that has this data directory. */
  static Command beside(Path data, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--data=" + data);
    return start(all.toArray(String[]::new));
  }

  /** What it printed, on both outputs, when it ended well within these seconds. */
  static List<String> said(int seconds, Path data, String... arguments) throws Exception {
    try (Command command = beside(data, arguments)) {
      assertEquals(0, command.status(seconds), command::toString);
      List<String> lines = new ArrayList<>(command.outLines());
      lines.addAll(command.errLines());
      return lines;
    }
  }

  /** Starts another program of the same class path. */
  static Command java(Path directory, String program, String... arguments) throws IOException {
    List<String> line = line(System.getProperty("java.class.path"), program, arguments);
    return of(new ProcessBuilder(line).directory(directory.toFile()));
  }

  /**
   * The same, and all that it says is kept in a file.
   *
   * @param heap as the launcher gives it, such as {@code 128m}
   */
  static Command kept(Path directory, Path file, String heap, String program, String... arguments)
      throws IOException {
    List<String> line = line(System.getProperty("java.class.path"), program, arguments);
    line.addAll(1, List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
    line.remove("-Xmx512m");
    ProcessBuilder process = new ProcessBuilder(line).directory(directory.toFile());
    return new Command(process.start(), new PrintStream(file.toFile(), StandardCharsets.UTF_8));
  }

  /** Starts what was made ready, such as with an environment or another account. */
  static Command of(ProcessBuilder process) throws IOException {
    return new Command(process.start(), new PrintStream(OutputStream.nullOutputStream()));
  }

  /** A program of a class path with its Java, word by word. */
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

  /** Waits until {@code run} or a stage says that all of it is at work. */
  void awaitReady(int seconds) throws Exception {
    String told = awaitErr(line -> line.startsWith("http "), seconds);
    URI health = URI.create(told.split("\\s+")[1]).resolve("/health/ready");
    Until.within(seconds, () -> status(health), status -> status == 200);
  }

  private static int status(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
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

  boolean isAlive() {
    return process.isAlive();
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
    private final PrintStream copy;

    Lines(InputStream in, PrintStream copy) {
      this.in = in;
      this.copy = copy;
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
          copy.println(line);
          copy.flush();
        }
      } catch (IOException e) {
        // Killed: what it had said is known.
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
