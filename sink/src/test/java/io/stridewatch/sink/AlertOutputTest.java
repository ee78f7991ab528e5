package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.JsonLine;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertOutputTest {
  private static final Terminal PLAIN = new Terminal(80, false);
  private static final Alert ALERT = SampleAlerts.numbered(7);

  private static String text(String output, Alert alert) {
    return AlertOutput.of(output, PLAIN).text().apply(alert);
  }

  private static Alert saying(String summary) {
    return SampleAlerts.alert("0".repeat(32), Severity.HIGH, List.of(), summary);
  }

  @Test
  void aLineIsCutToTheTerminalsWidth() {
    assertEquals("03:47:10 HIGH T  vm1       alert number 7\n", text("line", ALERT));
    String line = text("line", saying("word ".repeat(50)));
    assertEquals(79, Columns.width(line.strip()));
    assertTrue(line.endsWith("…\n"), line);
  }

  @Test
  void aBroadTerminalShowsTheRuleToo() {
    String line = AlertOutput.of("line", new Terminal(200, false)).text().apply(ALERT);
    assertTrue(line.matches("03:47:10 HIGH T  vm1 +docker-daemon-json-changed +alert number 7\n"));
  }

  @Test
  void wideCutsNothingAndHasWhatIsSearchedFor() {
    assertEquals(
        "2026-11-21T03:47:10Z  HIGH      T   vm1  docker-daemon-json-changed  alert number 7  "
            + ALERT.id()
            + "\n",
        text("wide", ALERT));
    assertTrue(text("wide", saying("word ".repeat(50))).contains("word ".repeat(50)));
  }

  @Test
  void csvIsQuotedAndBeginsNoFormula() {
    assertTrue(
        AlertOutput.of("csv", PLAIN).header().startsWith("time,severity,stride,scope,rule,"));
    assertTrue(text("csv", saying("say \"a,b\"")).contains(",\"say \"\"a,b\"\"\","));
    assertTrue(text("csv", saying("=HYPERLINK(1)")).contains("\"'=HYPERLINK(1)\""));
    assertTrue(text("csv", ALERT).endsWith("\r\n"));
  }

  @Test
  void logfmtQuotesWhatHasBlanks() {
    String line = text("logfmt", saying("a=\"b\" c"));
    assertTrue(line.contains(" scope=vm1 "), line);
    assertTrue(line.contains(" summary=\"a=\\\"b\\\" c\" "), line);
    assertTrue(line.contains(" stride=\"\" "), line);
  }

  @Test
  void aTemplateNamesFields() {
    assertEquals(
        "<high> alice: alert number 7 [0]\n",
        text("template=<{severity}> {user}: {summary} [{actor.uid}]", ALERT));
    assertEquals("plain {} {1}\n", text("template=plain {} {1}", ALERT));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> AlertOutput.of("template=a {usr}", PLAIN));
    assertTrue(e.getMessage().startsWith("template, column 3: no field is called 'usr'"));
  }

  @Test
  void jsonIsTheLineOfTheTopic() {
    assertEquals(AlertJson.line(ALERT) + "\n", text("json", ALERT));
  }

  @Test
  void theWholeStoryHasEachRecordDecodedAndRaw() {
    String whole = text("whole", ALERT);
    assertTrue(whole.contains("record 1 of 1  auditd  2026-11-21T03:47:10.123456789Z"), whole);
    assertTrue(whole.contains("type=SYSCALL msg=audit(1795232830.123:1892)"), whole);
    assertTrue(whole.contains(ALERT.id()), whole);
    assertTrue(whole.contains(ALERT.remedy()), whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line",
        "wide",
        "pretty",
        "whole",
        "json",
        "csv",
        "logfmt",
        "template={summary}",
        "cef"
      })
  void noAlertMovesTheCursorOrBeginsALine(String output) {
    String hostile = "a\nb\r\u001b[2J\u009b1A\u202e\u2028";
    String text = text(output, saying(hostile)).replace("\r\n", "\n");
    assertFalse(text.replace("\n", "").chars().anyMatch(c -> JsonLine.escaped((char) c)), text);
    assertEquals(text.lines().count(), text(output, saying("a b c")).lines().count());
  }

  @Test
  void saysWhichOutputsThereAre() {
    var e = assertThrows(IllegalArgumentException.class, () -> AlertOutput.of("xml", PLAIN));
    assertTrue(e.getMessage().contains("use line, wide, pretty, json, csv, logfmt"));
  }
}
