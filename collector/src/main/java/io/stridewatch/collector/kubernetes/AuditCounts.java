package io.stridewatch.collector.kubernetes;

import io.stridewatch.collector.ByteLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an API server counts of its own auditing, from its {@code /metrics} in Prometheus's text
 * format (metrics of staging/src/k8s.io/apiserver/pkg/audit). Immutable.
 *
 * @param start when the process began, in seconds since 1970: which process this is
 * @param events that it made
 * @param failed events that were lost, by the plug-in that lost them, and {@link #REJECTED}
 */
record AuditCounts(long start, long events, Map<String, Long> failed) {
  /** Requests that were refused because they could not be audited. */
  static final String REJECTED = "rejected requests";

  private static final int PLUGINS = 16;
  private static final String START = "process_start_time_seconds";
  private static final Pattern LINE =
      Pattern.compile(
          "(apiserver_audit_(?:error|event|requests_rejected)_total|"
              + START
              + ")(?:\\{(?:plugin=\"([\\w.-]{1,60})\")?[^}]{0,200}})? ([0-9.e+]{1,30})(?: \\d+)?");

  AuditCounts {
    failed = Map.copyOf(failed);
  }

  /**
   * Reads a page of any length; lines of other metrics are passed over.
   *
   * @throws IOException when it is none of an API server that audits
   */
  static AuditCounts read(InputStream page) throws IOException {
    ByteLines lines = new ByteLines(page, ByteLines.KEPT);
    Map<String, Long> found = new TreeMap<>();
    while (lines.next() || lines.rest()) {
      if (wanted(lines)) {
        take(new String(lines.bytes(), StandardCharsets.UTF_8), found);
      }
    }
    Long start = found.remove(START);
    Long events = found.remove("");
    if (start == null || events == null) {
      throw new IOException(
          "no apiserver_audit_event_total or " + START + " there: name an API server's /metrics");
    }
    return new AuditCounts(start, events, found);
  }

  private static boolean wanted(ByteLines line) {
    byte first = line.to() > line.from() ? line.buffer()[line.from()] : 0;
    return (first == 'a' || first == 'p') && line.to() - line.from() < 400;
  }

  private static void take(String line, Map<String, Long> found) {
    Matcher metric = LINE.matcher(line);
    if (!metric.matches() || found.size() > PLUGINS) {
      return;
    }
    String name = metric.group(1);
    String plugin = metric.group(2) == null ? "audit" : metric.group(2);
    String key =
        switch (name) {
          case START -> START;
          case "apiserver_audit_event_total" -> "";
          case "apiserver_audit_error_total" -> plugin;
          default -> REJECTED;
        };
    try {
      found.merge(key, (long) Double.parseDouble(metric.group(3)), Long::sum);
    } catch (NumberFormatException e) {
      // Such as 1.2.3: no number, so nothing is known of it.
    }
  }
}
