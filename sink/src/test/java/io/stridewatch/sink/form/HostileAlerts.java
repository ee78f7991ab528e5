package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import java.time.Instant;
import java.util.List;

/** Alerts in which each text that a stranger may choose tries to leave its place. */
final class HostileAlerts {
  static final List<String> VALUES =
      List.of(
          "a\nb\r\nc",
          "x|y|10|msg=owned",
          "x severity=0 msg=owned cs1=\\=",
          "\\",
          "\\\"},\"id\":\"0\",\"x\":{\"",
          "\u0000\u001b[2J\u0007\u009b1A\u007f",
          "\u202egnp.exe\u2066\u200e\u2028\u2029",
          "<script>alert(1)</script>&amp;",
          "\ud83d\ude00 lone \ud83d",
          "trailing \\",
          "z".repeat(1_000_000));

  private HostileAlerts() {}

  static Alert of(String value) {
    Instant time = Instant.parse("2026-11-21T03:47:10.123456789Z");
    Evidence evidence =
        new Evidence(
            value,
            Source.AUDITD,
            time,
            value,
            value,
            null,
            7,
            "0".repeat(64),
            List.of(value),
            false);
    return new Alert(
        "0123456789abcdef0123456789abcdef",
        value,
        value,
        Severity.HIGH,
        List.of(Stride.TAMPERING),
        List.of(value),
        List.of(value),
        time,
        value,
        value,
        SampleAlerts.entity("kind", "user", "name", value),
        SampleAlerts.entity("kind", "file", "name", value),
        List.of(evidence),
        value,
        1,
        time,
        time,
        value);
  }
}
