package io.stridewatch.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A Kafka as others run it: Kafka's own program in a process of its own, one node, open to this
 * machine. Not the embedded broker: none of our code starts it.
 */
final class BrokerProcess implements AutoCloseable {
  private final Path directory;
  private final int port;
  private Command process;

  private BrokerProcess(Path directory, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    again();
  }

  /** Formats the directory with Kafka's tool and starts the node there. */
  static BrokerProcess start(Path directory) throws Exception {
    int port = ApiServerAudit.freePort();
    Path settings = settings(directory, port, ApiServerAudit.freePort());
    String id = "c3RyaWRld2F0Y2gtaXQAAA";
    try (Command format =
        Command.java(
            directory,
            "kafka.tools.StorageTool",
            "format",
            "--standalone",
            "--cluster-id=" + id,
            "--config=" + settings)) {
      if (format.status(60) != 0) {
        throw new IOException("Kafka's directory could not be formatted: " + format);
      }
    }
    return new BrokerProcess(directory, port);
  }

  private static Path settings(Path directory, int port, int controllers) throws IOException {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllers));
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllers);
    settings.put("log.dirs", directory.resolve("kafka").toString());
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("auto.create.topics.enable", "false");
    Path file = file(directory);
    try (var writer = Files.newBufferedWriter(file)) {
      settings.store(writer, null);
    }
    return file;
  }

  private static Path file(Path directory) {
    return directory.resolve("server.properties");
  }

  /** Ends it with -9; what it acknowledged is there when it is started again. */
  void kill() {
    process.close();
  }

  /** Starts it once more, after it was killed. */
  void again() throws IOException {
    process = Command.java(directory, "kafka.Kafka", file(directory).toString());
  }

  /** Where clients reach it, once it is up: they wait for it. */
  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
