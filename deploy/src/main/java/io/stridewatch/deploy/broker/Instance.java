package io.stridewatch.deploy.broker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.stridewatch.JsonLine;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An instance that runs on this machine, as its data directory tells it: {@code instance.json} and
 * the password beside it.
 *
 * @param pid of its process
 * @param kafka its broker, with what it takes to be let in
 */
public record Instance(long pid, Kafka kafka) {
  private static final String FILE = "instance.json";
  private static final JsonFactory JSON = new JsonFactory();

  /** What the file says. */
  private record Told(long pid, int port, String topicPrefix) {
    /** By tokens: a mapper takes as long to make as half of all else that finding takes. */
    static Told read(Path data) throws IOException {
      long pid = 0;
      int port = 0;
      String prefix = "";
      try (JsonParser json = JSON.createParser(data.resolve(FILE).toFile())) {
        while (json.nextToken() != null) {
          String key = json.currentName();
          if (json.currentToken().isScalarValue() && key != null) {
            switch (key) {
              case "pid" -> pid = json.getValueAsLong();
              case "port" -> port = json.getValueAsInt();
              case "topicPrefix" -> prefix = json.getText();
              default -> {}
            }
          }
        }
      }
      return new Told(pid, port, prefix);
    }
  }

  /**
   * The instance that has this data directory now; empty when none runs there.
   *
   * @throws IOException one line, when the directory may not be read
   */
  public static Optional<Instance> find(Path data) throws IOException {
    try {
      Told told = Told.read(data);
      if (ProcessHandle.of(told.pid()).isEmpty()) {
        return Optional.empty();
      }
      String password = Files.readString(data.resolve(EmbeddedBroker.PASSWORD)).strip();
      Kafka kafka = EmbeddedBroker.kafka(told.port(), password, told.topicPrefix());
      return Optional.of(new Instance(told.pid(), kafka));
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      if (Files.isDirectory(data) && !Files.isExecutable(data)) {
        throw denied(data, e);
      }
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw denied(data, e);
    }
  }

  /** An instance's Kafka that is not there: to prepare for one that is. */
  public static Kafka nowhere() {
    return EmbeddedBroker.kafka(1, "", Kafka.DEFAULT_PREFIX);
  }

  private static IOException denied(Path data, IOException cause) {
    return new IOException(
        "data directory " + data + " may not be read: run as its owner or as root", cause);
  }

  static Optional<Long> pid(Path data) {
    try {
      return Optional.of(Told.read(data).pid());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The port that the instance had last; clients that wait for it to come back know no other. */
  static int lastPort(Path data) {
    try {
      return Integer.parseInt(Files.readString(data.resolve("port")).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  static void tell(Path data, int port, String topicPrefix) throws IOException {
    JsonLine json = new JsonLine().open('{').key("pid").number(ProcessHandle.current().pid());
    json.key("host").text("127.0.0.1").key("port").number(port);
    json.key("topicPrefix").text(topicPrefix).close('}');
    Secret.write(data.resolve("port"), port + "\n");
    Secret.write(data.resolve(FILE), json + "\n");
  }

  static void forget(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }
}
