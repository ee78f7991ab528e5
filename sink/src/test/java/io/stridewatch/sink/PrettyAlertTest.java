package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.JsonLine;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.Stride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden files are named {@code COLUMNS-plain.txt} and {@code COLUMNS-colour.txt}. */
class PrettyAlertTest {
  private static final Path FOLDER = Path.of("src/test/resources/pretty");

  @TestFactory
  List<DynamicTest> looksAsItsGoldenFile() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)))
          .toList();
    }
  }

  private static void compare(Path golden) throws IOException {
    String[] name = golden.getFileName().toString().split("[-.]");
    PrettyAlert pretty = new PrettyAlert(Integer.parseInt(name[0]), name[1].equals("colour"));
    String text = alerts().stream().map(pretty::text).collect(Collectors.joining());
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(golden, text);
    }
    assertEquals(Files.readString(golden), text);
  }

  private static List<Alert> alerts() throws IOException {
    try (Stream<String> lines = Files.lines(FOLDER.resolve("alerts.jsonl"))) {
      return lines.map(PrettyAlertTest::alert).toList();
    }
  }

  private static Alert alert(String line) {
    try {
      return AlertJson.read(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void showsFourAlertsAtLeastOnAScreenOf80By24() throws IOException {
    PrettyAlert pretty = new PrettyAlert(80, false);
    List<Long> lines = alerts().stream().map(a -> pretty.text(a).lines().count()).toList();
    double mean = lines.stream().mapToLong(Long::longValue).average().orElseThrow();
    assertTrue(mean <= 24 / 4.0, lines + " lines");
  }

  @Test
  void keepsWithinItsColumns() throws IOException {
    for (int columns : List.of(40, 41, 60, 80, 120, 200)) {
      for (Alert alert : alerts()) {
        new PrettyAlert(columns, false)
            .text(alert)
            .lines()
            .forEach(line -> assertTrue(Columns.width(line) <= columns, columns + ": " + line));
      }
    }
  }

  @Test
  void neverLetsAnAlertMoveTheCursorOrTurnTheLine() {
    String hostile =
        "\u001b[2J\u001b]0;owned\u0007\r\n\b\t\u009b5A\u202eevil\u2066\u2028\u200f\ud800\u007f";
    Alert plain = SampleAlerts.numbered(1);
    Alert alert =
        new Alert(
            hostile,
            hostile,
            hostile,
            Severity.HIGH,
            List.of(Stride.SPOOFING),
            List.of(hostile),
            List.of(hostile),
            plain.time(),
            hostile,
            hostile,
            SampleAlerts.entity("kind", hostile, "name", hostile, hostile, hostile),
            SampleAlerts.entity("kind", hostile, "name", hostile),
            List.of(SampleAlerts.auditd(hostile)),
            hostile,
            2,
            plain.first(),
            plain.last(),
            hostile);
    for (int columns : List.of(40, 80, 200)) {
      String text = new PrettyAlert(columns, false).text(alert).replace("\n", "");
      assertFalse(text.chars().anyMatch(c -> JsonLine.escaped((char) c)), text);
      assertFalse(text.chars().anyMatch(c -> Character.isSurrogate((char) c)), text);
      String coloured = new PrettyAlert(columns, true).text(alert).replace("\n", "");
      assertFalse(
          coloured
              .replaceAll("\u001b\\[[0-9;]+m", "")
              .chars()
              .anyMatch(c -> JsonLine.escaped((char) c)),
          coloured);
    }
  }

  @Test
  void leavesNoColourOnAfterALine() throws IOException {
    for (Alert alert : alerts()) {
      new PrettyAlert(80, true)
          .text(alert)
          .lines()
          .forEach(
              line -> {
                int on = line.lastIndexOf("\u001b[");
                assertTrue(on < 0 || line.startsWith("\u001b[0m", on), line);
              });
    }
  }

  @Test
  void staysShortWhenAFieldIsAMegabyte() {
    Alert alert =
        SampleAlerts.alert("0".repeat(32), Severity.LOW, List.of(), "x".repeat(1_000_000));
    assertTrue(new PrettyAlert(80, true).text(alert).length() < 2000);
  }
}
