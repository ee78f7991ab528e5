package io.stridewatch.deploy.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The instance that has this data directory now; empty when none runs there.
   *
   * @throws IOException one line, when the directory may not be read
   */
  public static Optional<Instance> find(Path data) throws IOException {
    try {
      JsonNode json = JSON.readTree(data.resolve(FILE).toFile());
      long pid = json.path("pid").asLong();
      if (ProcessHandle.of(pid).isEmpty()) {
        return Optional.empty();
      }
      String password = Files.readString(data.resolve(EmbeddedBroker.PASSWORD)).strip();
      Kafka kafka =
          EmbeddedBroker.kafka(
              json.path("port").asInt(), password, json.path("topicPrefix").asText());
      return Optional.of(new Instance(pid, kafka));
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      if (Files.isDirectory(data) && !Files.isExecutable(data)) {
        throw denied(data, e);
      }
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw denied(data, e);
    }
  }

  private static IOException denied(Path data, IOException cause) {
    return new IOException(
        "data directory " + data + " may not be read: run as its owner or as root", cause);
  }

  static Optional<Long> pid(Path data) {
    try {
      return Optional.of(JSON.readTree(data.resolve(FILE).toFile()).path("pid").asLong());
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
