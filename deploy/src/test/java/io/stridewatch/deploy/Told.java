package io.stridewatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Alerts as people's programs read them: JSON lines of {@code tail} and of a file. */
final class Told {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Told() {}

  /** All that {@code tail} shows of an instance; none while it can't be asked. */
  static List<JsonNode> byTail(String... where) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("tail", "--follow=false", "-o", "json"));
    arguments.addAll(Arrays.asList(where));
    try (Command tail = Command.start(arguments.toArray(String[]::new))) {
      tail.status(60);
      return lines(tail);
    }
  }

  /** All that a command has printed so far. */
  static List<JsonNode> lines(Command tail) {
    return tail.outLines().stream().map(Told::alert).toList();
  }

  /** All that a file sink has written; its last line may be under way. */
  static List<JsonNode> inFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Told::alert).toList();
  }

  static JsonNode alert(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** The records that alerts of one rule speak of, each as its source names it, sorted. */
  static List<String> refs(List<JsonNode> alerts, String rule) {
    return alerts.stream()
        .filter(alert -> alert.get("rule").asText().equals(rule))
        .map(alert -> alert.get("evidence").get(0).get("ref").asText())
        .sorted()
        .toList();
  }
}
