package io.stridewatch.deploy;

import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A broker and the three stages, each a process that can die, be held, and come again. */
final class ChaosRoad implements AutoCloseable {
  private static final int SECONDS = 90;

  private final Path directory;
  private final int webhook;
  private final Map<Part, Command> running = new EnumMap<>(Part.class);
  private String address;

  /** What may die. */
  enum Part {
    COLLECT,
    DETECT,
    DELIVER,
    BROKER
  }

  private ChaosRoad(Path directory) throws IOException {
    this.directory = directory;
    this.webhook = ApiServerAudit.freePort();
  }

  /** Starts all in that directory and returns when they work. */
  static ChaosRoad start(Path directory) throws Exception {
    ChaosRoad road = new ChaosRoad(directory);
    for (Part part : List.of(Part.BROKER, Part.COLLECT, Part.DETECT, Part.DELIVER)) {
      road.begin(part);
    }
    for (Part part : List.of(Part.COLLECT, Part.DETECT, Part.DELIVER)) {
      road.running.get(part).awaitReady(SECONDS);
    }
    return road;
  }

  /** Starts one that isn't running. */
  void begin(Part part) throws Exception {
    running.put(
        part,
        switch (part) {
          case BROKER -> broker();
          case COLLECT ->
              stage(
                  "collect", "--docker=off", "--auditd=" + audit(), "--kubernetes-webhook=" + at());
          case DETECT -> stage("detect");
          case DELIVER -> stage("deliver", "--severity=info", "--sink=file=" + sink());
        });
  }

  private Command broker() throws Exception {
    Command broker =
        Command.java(
            directory, ChaosBroker.class.getName(), directory.resolve("broker").toString());
    address = broker.awaitOut(line -> line.startsWith("127."), SECONDS);
    return broker;
  }

  private Command stage(String name, String... more) throws IOException {
    return command(name, List.of("--http=127.0.0.1:0", "--data=" + directory.resolve(name)), more);
  }

  /** A command that asks this road's Kafka. */
  Command command(String name, List<String> some, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(some);
    arguments.add(0, name);
    arguments.addAll(List.of("--kafka=" + address, "--kafka-config=" + client()));
    arguments.add("--topic-prefix=chaos");
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

  /** Starts again, as a supervisor does, what ended because another was away when it began. */
  void tend() throws Exception {
    for (Map.Entry<Part, Command> part : Map.copyOf(running).entrySet()) {
      if (!part.getValue().isAlive()) {
        System.err.println(part.getKey() + " ended and is started again: " + part.getValue());
        begin(part.getKey());
      }
    }
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
  public void close() {
    running.values().forEach(Command::close);
  }
}
