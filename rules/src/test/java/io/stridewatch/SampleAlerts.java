package io.stridewatch;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Alerts for tests of what comes after the engine. */
public final class SampleAlerts {
  private static final Instant TIME = Instant.parse("2026-11-21T03:47:10.123456789Z");

  private static final String RECORD =
      "type=SYSCALL msg=audit(1795232830.123:1892): arch=c000003e syscall=257";

  private SampleAlerts() {}

  /** Alerts that differ in id and summary, in order. */
  public static Alert numbered(int number) {
    String id = String.format("%032x", number);
    return alert(id, Severity.HIGH, List.of(Stride.TAMPERING), "alert number " + number);
  }

  /** So many of them, as a topic has them, from 0 on. */
  public static List<StoredAlert> stored(int count) {
    return IntStream.range(0, count).mapToObj(SampleAlerts::numbered).map(StoredAlert::of).toList();
  }

  /** The same with another record as its evidence. */
  public static Alert numbered(int number, String raw) {
    String id = String.format("%032x", number);
    String summary = "alert number " + number;
    return alert(id, Severity.HIGH, List.of(Stride.TAMPERING), summary, auditd(raw));
  }

  /** With that id, severity, letters and summary. */
  public static Alert alert(String id, Severity severity, List<Stride> stride, String summary) {
    return alert(id, severity, stride, summary, auditd(RECORD));
  }

  private static Alert alert(
      String id, Severity severity, List<Stride> stride, String summary, Evidence evidence) {
    return new Alert(
        id,
        "docker-daemon-json-changed",
        "The Docker daemon's configuration was changed",
        severity,
        stride,
        List.of("D-T1", "D-R1"),
        List.of(),
        TIME,
        "vm1",
        summary,
        entity("kind", "user", "name", "alice", "uid", "0", "auid", "1000"),
        entity("kind", "file", "name", "/etc/docker/daemon.json"),
        List.of(evidence),
        "Compare with the last known good file; restore; find the session (auid) that changed it.",
        1,
        TIME,
        TIME,
        null);
  }

  /** Keys and values in turn, in this order. */
  public static Map<String, String> entity(String... keysAndValues) {
    Map<String, String> entity = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entity.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return entity;
  }

  /** One auditd record as evidence. */
  public static Evidence auditd(String raw) {
    return new Evidence(
        "vm1/1795232830.123:1892",
        Source.AUDITD,
        TIME,
        "audit(1795232830.123:1892) vm1",
        raw,
        null,
        raw.length(),
        "0".repeat(64),
        List.of(),
        false);
  }
}
