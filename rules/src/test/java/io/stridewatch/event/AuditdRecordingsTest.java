package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Excerpts of a real kernel's logs, one a directory: audit.log (ENRICHED), audit-raw.log (RAW),
 * expected.txt, and where there is one laurel.jsonl (what laurel 0.5.1 made of the RAW log). With
 * {@code -Dgolden=write} expected.txt is written anew.
 */
class AuditdRecordingsTest {
  private static final Path RECORDINGS =
      Path.of("src", "test", "resources", "io", "stridewatch", "event", "auditd");

  static List<Path> recordings() throws IOException {
    return glob("*");
  }

  static List<Path> laurels() throws IOException {
    return glob("*/laurel.jsonl");
  }

  private static List<Path> glob(String pattern) throws IOException {
    try (Stream<Path> found = Files.walk(RECORDINGS, 2)) {
      var matcher = RECORDINGS.getFileSystem().getPathMatcher("glob:" + RECORDINGS + "/" + pattern);
      return found.filter(matcher::matches).sorted().toList();
    }
  }

  private static List<AuditdEvent> events(Path log) throws IOException {
    return AuditdLines.events(Files.readAllBytes(log)).stream()
        .sorted(Comparator.comparing(AuditdEvent::id))
        .toList();
  }

  private static String rendered(List<AuditdEvent> events, boolean names) {
    return events.stream()
        .map(event -> AuditdRendering.of(event, names))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void rawSaysWhatEnrichedSaysButForNames(Path recording) throws IOException {
    assertEquals(
        rendered(events(recording.resolve("audit.log")), false),
        rendered(events(recording.resolve("audit-raw.log")), false));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void readsARecordingAsBefore(Path recording) throws IOException {
    String found = rendered(events(recording.resolve("audit.log")), true);
    Path expected = recording.resolve("expected.txt");
    if (System.getProperty("golden", "").equals("write")) {
      Files.writeString(expected, found);
    }
    assertEquals(Files.readString(expected), found);
  }

  @ParameterizedTest
  @MethodSource("laurels")
  void findsTheArgumentsThatLaurelFinds(Path laurel) throws IOException {
    Map<String, AuditdEvent> events =
        events(laurel.resolveSibling("audit-raw.log")).stream()
            .collect(Collectors.toMap(AuditdEvent::id, event -> event));
    JsonMapper json = new JsonMapper();
    int compared = 0;
    for (String line : Files.readAllLines(laurel)) {
      JsonNode event = json.readTree(line);
      List<String> expected = new ArrayList<>();
      event.at("/EXECVE/ARGV").forEach(word -> expected.add(unescaped(word.asText())));
      assertEquals(expected, events.get("vm/" + event.get("ID").asText()).values("argv"));
      compared++;
    }
    assertFalse(compared == 0, "nothing to compare in " + laurel);
  }

  /** Laurel writes a control byte as {@code %0a}. */
  private static String unescaped(String word) {
    return word.replaceAll("%([01][0-9a-f])", "\\\\x$1");
  }
}
