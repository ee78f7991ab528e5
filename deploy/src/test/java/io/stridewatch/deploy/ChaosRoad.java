package io.stridewatch.deploy;

import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A broker and the three stages, each a process that can die, be held, and come again. */
final class ChaosRoad implements AutoCloseable {
  private static final int SECONDS = 90;

  private final Path directory;
  private final int webhook;
  private final ChaosDisk disk;
  private final ChaosEngine engine = new ChaosEngine();
  private final Map<Part, Command> running = new EnumMap<>(Part.class);
  private final List<String> ended = new ArrayList<>();
  private String address;
  private int started;

  /** What may die. */
  enum Part {
    COLLECT("128m"),
    DETECT("1g"),
    DELIVER("128m"),
    BROKER("768m");

    private final String heap;

    Part(String heap) {
      this.heap = heap;
    }
  }

  private ChaosRoad(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.webhook = ApiServerAudit.freePort();
    this.disk = new ChaosDisk(directory.resolve("collect"));
    Files.createDirectories(directory.resolve("output"));
    if (!Files.exists(audit())) {
      Files.createFile(audit());
    }
  }

  /** Starts all in that directory and returns when they work. */
  static ChaosRoad start(Path directory) throws Exception {
    ChaosRoad road = new ChaosRoad(directory);
    try {
      for (Part part : List.of(Part.BROKER, Part.COLLECT, Part.DETECT, Part.DELIVER)) {
        road.begin(part);
      }
      for (Part part : List.of(Part.COLLECT, Part.DETECT, Part.DELIVER)) {
        road.running.get(part).awaitReady(SECONDS);
      }
      return road;
    } catch (Exception | AssertionError e) {
      road.close();
      throw e;
    }
  }

  /** Starts one that isn't running. */
  void begin(Part part) throws Exception {
    running.put(
        part,
        switch (part) {
          case BROKER -> broker();
          case COLLECT ->
              stage(
                  part,
                  "--docker=" + engine.address(),
                  "--auditd=" + audit(),
                  "--kubernetes-webhook=" + at());
          case DETECT ->
              stage(part, lateness("docker"), lateness("auditd"), lateness("kubernetes"));
          case DELIVER -> stage(part, "--severity=info", "--sink=file=" + sink());
        });
  }

  /** More than any fault takes: only what is sent so is late. */
  private static String lateness(String source) {
    return "--lateness=" + source + "=90s";
  }

  private Command broker() throws Exception {
    Command broker =
        Command.kept(
            directory,
            output(Part.BROKER),
            Part.BROKER.heap,
            ChaosBroker.class.getName(),
            directory.resolve("broker").toString());
    address = broker.awaitOut(line -> line.startsWith("127."), SECONDS);
    return broker;
  }

  private Command stage(Part part, String... more) throws IOException {
    String name = part.name().toLowerCase(Locale.ROOT);
    List<String> arguments = asking(name);
    Path data = part == Part.COLLECT ? disk.path() : directory;
    arguments.addAll(List.of("--http=127.0.0.1:0", "--data=" + data.resolve("data")));
    arguments.addAll(List.of(more));
    return Command.kept(
        directory, output(part), part.heap, Command.PROGRAM, arguments.toArray(String[]::new));
  }

  private Path output(Part part) {
    return directory.resolve("output/%03d-%s.log".formatted(++started, part));
  }

  private List<String> asking(String name) {
    return new ArrayList<>(
        List.of(name, "--kafka=" + address, "--kafka-config=" + client(), "--topic-prefix=chaos"));
  }

  /** A command that asks this road's Kafka. */
  Command command(String name, String... more) throws IOException {
    List<String> arguments = asking(name);
    arguments.addAll(List.of(more));
    return Command.start(directory, arguments.toArray(String[]::new));
  }

  /** SIGKILL, and a new one of its kind at once. */
  void kill(Part part) throws Exception {
    end(part);
    begin(part);
  }

  /** SIGKILL. */
  void end(Part part) {
    running.get(part).kill();
  }

  /** The process of its kind that was started last. */
  Command process(Part part) {
    return running.get(part);
  }

  /** Looks whether one has ended by itself, which is a fault of ours, and starts it again. */
  void tend() throws Exception {
    for (Map.Entry<Part, Command> part : Map.copyOf(running).entrySet()) {
      if (!part.getValue().isAlive()) {
        String which = part.getKey() + " with status " + part.getValue().status(1);
        System.err.println(Instant.now() + " ENDED BY ITSELF: " + which + "\n" + part.getValue());
        ended.add(which);
        begin(part.getKey());
      }
    }
  }

  /** What ended although nobody killed it. */
  List<String> ended() {
    return ended;
  }

  /** Holds it, or lets it go on: STOP, CONT. */
  void signal(Part part, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(running.get(part).pid()))
        .start()
        .waitFor();
  }

  Kafka kafka() throws IOException {
    return Kafka.foreign(address, client(), "chaos");
  }

  ChaosDisk disk() {
    return disk;
  }

  ChaosEngine engine() {
    return engine;
  }

  int webhook() {
    return webhook;
  }

  private String at() {
    return "127.0.0.1:" + webhook;
  }

  Path audit() {
    return directory.resolve("audit.log");
  }

  Path sink() {
    return directory.resolve("alerts.jsonl");
  }

  private Path client() {
    return directory.resolve("broker/client.properties");
  }

  @Override
  public void close() throws IOException {
    running.values().forEach(Command::close);
    engine.close();
    disk.close();
  }
}
