package io.stridewatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredAlertTest {
  private static Alert alert(String summary, List<String> tags) {
    Alert sample = SampleAlerts.numbered(7);
    return new Alert(
        sample.id(),
        sample.rule(),
        "\"quoted\", \"severity\":\"low\" \\",
        Severity.CRITICAL,
        sample.stride(),
        sample.threats(),
        tags,
        sample.time(),
        sample.scope(),
        summary,
        sample.actor(),
        sample.target(),
        sample.evidence(),
        sample.remedy(),
        sample.count(),
        sample.first(),
        sample.last(),
        null);
  }

  private static byte[] line(Alert alert) {
    return AlertJson.line(alert).getBytes(UTF_8);
  }

  private static void same(Alert alert, StoredAlert stored) {
    assertEquals(alert.id(), stored.id());
    assertEquals(alert.rule(), stored.rule());
    assertEquals(alert.severity(), stored.severity());
    assertEquals(alert.time(), stored.time());
    assertEquals(alert.scope(), stored.scope());
    assertArrayEquals(line(alert), stored.line());
    assertEquals(alert, stored.alert());
  }

  @Test
  void hasItsHeadAndItsVeryBytes() throws IOException {
    Alert alert = alert("plain", List.of("attack.t1", "a]\"b", "\\"));
    byte[] line = line(alert);
    StoredAlert stored = StoredAlert.read(line);
    same(alert, stored);
    assertSame(line, stored.line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grün", "a\nb", "x\u001b[2J", "\u202e", "\u007f", "emoji \ud83d\ude00"})
  void isWrittenAnewWhereItIsMoreThanPrintableAscii(String summary) throws IOException {
    Alert alert = alert(summary, List.of());
    same(alert, StoredAlert.read(line(alert)));
    same(alert, StoredAlert.of(alert));
  }

  @Test
  void whatIsNotToTheByteAsPublishedIsWrittenAnew() throws IOException {
    Alert alert = alert("plain", List.of());
    String line = AlertJson.line(alert);
    for (String other :
        List.of(
            line.replace("\"tags\":[]", "\"tags\": []"),
            line.replace("\"rule\":\"docker", "\"rule\":\"\\u0064ocker"),
            line.replace(",\"rule\"", ",\n\"rule\""),
            line + " ",
            "{\"more\":1," + line.substring(1))) {
      same(alert, StoredAlert.read(other.getBytes(UTF_8)));
    }
  }

  @Test
  void noByteOfAHeadMayBeAnything() throws IOException {
    Alert alert = alert("plain", List.of());
    for (int i = 0; i < 300; i++) {
      byte[] line = line(alert);
      line[i] = '\n';
      assertThrows(
          Exception.class,
          () -> {
            StoredAlert stored = StoredAlert.read(line);
            same(alert, stored);
          },
          "byte " + i);
    }
  }

  @Test
  void whatIsBrokenBehindItsHeadIsSaidWhenItIsAskedFor() throws IOException {
    String line = AlertJson.line(alert("plain", List.of()));
    StoredAlert torn =
        StoredAlert.read((line.substring(0, line.length() - 30) + "}").getBytes(UTF_8));
    assertThrows(UncheckedIOException.class, torn::alert);
    assertThrows(IOException.class, () -> StoredAlert.read("{}".getBytes(UTF_8)));
    assertThrows(IOException.class, () -> StoredAlert.read(new byte[0]));
  }
}
