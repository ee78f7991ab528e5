package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.JsonLine;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.StoredAlert;
import io.stridewatch.sink.form.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SyslogMessageTest {
  /** RFC 5424, 6, as far as our messages go. */
  private static final Pattern RFC_5424 =
      Pattern.compile(
          "<([0-9]{1,3})>1 ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z)"
              + " ([!-~]{1,255}) stridewatch - ([!-~]{1,32}) - (.*)");

  private static Matcher read(Form form, Alert alert) {
    byte[] bytes = new SyslogMessage(form, 13, 8192).bytes(StoredAlert.of(alert));
    Matcher message = RFC_5424.matcher(new String(bytes, StandardCharsets.UTF_8));
    assertTrue(message.matches(), message.toString());
    return message;
  }

  private static Alert saying(String summary) {
    return SampleAlerts.alert("0".repeat(32), Severity.CRITICAL, List.of(), summary);
  }

  @Test
  void saysPriorityTimeScopeAndRule() throws IOException {
    Matcher message = read(Form.JSON, SampleAlerts.numbered(7));
    assertEquals(13 * 8 + 3, Integer.parseInt(message.group(1)));
    assertEquals("2026-11-21T03:47:10.123456Z", message.group(2));
    assertEquals("vm1", message.group(3));
    assertEquals("docker-daemon-json-changed", message.group(4));
    assertEquals(SampleAlerts.numbered(7), AlertJson.read(message.group(5)));
  }

  @Test
  void writesJsonInAsciiAndMarksWhatElseIsNot() throws IOException {
    String json = read(Form.JSON, saying("Ünïcödé \ud83d\ude00")).group(5);
    assertTrue(json.chars().allMatch(c -> c < 0x80));
    assertEquals("Ünïcödé \ud83d\ude00", AlertJson.read(json).summary());
    assertTrue(read(Form.CEF, saying("ü")).group(5).startsWith("\ufeffCEF:0|"));
    assertTrue(read(Form.CEF, saying("u")).group(5).startsWith("CEF:0|"));
  }

  @Test
  void isOneLineWithoutControlCharactersWhateverTheAlertSays() {
    for (Form form : Form.values()) {
      String all = read(form, saying("a\nb\r<0>1 \u001b[2J\u202e|=\\\"")).group();
      assertFalse(all.chars().anyMatch(c -> JsonLine.escaped((char) c)), all);
    }
  }

  @Test
  void leavesEvidenceOutAndSaysSoWhereItIsTooLong() throws IOException {
    Alert small = SampleAlerts.numbered(7);
    Alert great = withEvidence(small, "x".repeat(100_000), 1);
    Alert told = AlertJson.read(read(Form.JSON, great).group(5));
    assertEquals("", told.evidence().get(0).raw());
    assertTrue(told.evidence().get(0).truncated());
    Alert many = withEvidence(small, "x", 100);
    assertEquals(List.of(), AlertJson.read(read(Form.JSON, many).group(5)).evidence());
  }

  @Test
  void refusesWhatIsTooLongWithoutEvidence() {
    var e = assertThrows(RefusedException.class, () -> read(Form.JSON, saying("x".repeat(9000))));
    assertTrue(e.getMessage().endsWith("give the sink a greater max"));
  }

  private static Alert withEvidence(Alert alert, String raw, int count) {
    return new Alert(
        alert.id(),
        alert.rule(),
        alert.title(),
        alert.severity(),
        alert.stride(),
        alert.threats(),
        alert.tags(),
        alert.time(),
        alert.scope(),
        alert.summary(),
        alert.actor(),
        alert.target(),
        java.util.Collections.nCopies(count, SampleAlerts.auditd(raw)),
        alert.remedy(),
        count,
        alert.first(),
        alert.last(),
        alert.group());
  }
}
