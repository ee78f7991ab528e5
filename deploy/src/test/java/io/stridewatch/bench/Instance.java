package io.stridewatch.bench;

import io.stridewatch.deploy.settings.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command that stays, as a process, on a data directory of its own, watching an audit log that is
 * empty at first.
 */
final class Instance implements AutoCloseable {
  private final Workbench bench;
  private final Path data;
  private final Path log;
  private final Path out;
  private final URI ready;
  private final Process process;

  private Instance(Workbench bench, String command, List<String> more) throws IOException {
    this.bench = bench;
    Path directory = Files.createTempDirectory(bench.directory(), command + "-");
    data = directory.resolve("data");
    log = Files.createFile(directory.resolve("audit.log"));
    out = directory.resolve("out");
    int port = freePort();
    ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(command, "--data", data.toString()));
    arguments.addAll(List.of("--auditd", log.toString(), "--http", "127.0.0.1:" + port));
    for (String source : List.of("--docker", "--kubernetes-log")) {
      if (!more.contains(source)) {
        arguments.addAll(List.of(source, "off"));
      }
    }
    arguments.addAll(more);
    process =
        bench
            .stridewatch(arguments.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
  }

  /** A port of this machine that nobody has. */
  static int freePort() throws IOException {
    return HostPort.free().port();
  }

  /** Everything in one process. */
  static Instance start(Workbench bench) throws IOException {
    return new Instance(bench, "run", List.of());
  }

  /** Another command; what it takes beside a log and a directory. */
  static Instance start(Workbench bench, String command, String... more) throws IOException {
    return new Instance(bench, command, List.of(more));
  }

  /** What it watches. */
  Path log() {
    return log;
  }

  /** Its process. */
  long pid() {
    return process.pid();
  }

  /**
   * Another program, of the class path of this one, in a JVM that is started as the instance's was:
   * with its options and its environment.
   */
  ProcessBuilder alike(Class<?> main, String... arguments) throws IOException {
    List<String> started = words("cmdline");
    List<String> command = new ArrayList<>(started.subList(0, started.indexOf("-cp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder alike = new ProcessBuilder(command);
    alike.environment().clear();
    for (String variable : words("environ")) {
      int equals = variable.indexOf('=');
      alike.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return alike;
  }

  /** What the kernel keeps of its start, each ended by a zero (proc(5)). */
  private List<String> words(String file) throws IOException {
    return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/" + file)).split("\0"));
  }

  /** Waits until its health says so. */
  void awaitReady() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    while (!isReady(client)) {
      if (!process.isAlive()) {
        throw new IOException(Files.readString(out));
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private boolean isReady(HttpClient client) throws IOException, InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(ready).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Waits for the first line of a tail of it. */
  void firstLine() throws IOException {
    Process tail = bench.stridewatch("tail", "--data", data.toString(), "--since", "1h").start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(tail.getInputStream(), StandardCharsets.UTF_8))) {
      if (lines.readLine() == null) {
        throw new IOException("tail ended without a line: " + Files.readString(out));
      }
    } finally {
      tail.destroyForcibly();
    }
  }

  /** Memory that it holds now. */
  double residentMegabytes() throws IOException {
    return megabytes("VmRSS");
  }

  /** The most memory that it held since {@link #forgetPeak}. */
  double peakMegabytes() throws IOException {
    return megabytes("VmHWM");
  }

  /** The peak begins anew (proc(5), clear_refs). */
  void forgetPeak() throws IOException {
    Files.writeString(Path.of("/proc/" + process.pid() + "/clear_refs"), "5");
  }

  private double megabytes(String field) throws IOException {
    if (!process.isAlive()) {
      throw new IOException("it ended: " + Files.readString(out));
    }
    String size = Machine.field("/proc/" + process.pid() + "/status", field);
    return Double.parseDouble(size.replace(" kB", "")) * 1024 / 1e6;
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Ends it in order, within fifteen seconds. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().get(15, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      kill();
    }
  }
}
