package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.JsonLine;
import io.stridewatch.Stride;
import io.stridewatch.Times;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An alert for those who wake people: PagerDuty's Events API v2 (without its routing key, which is
 * the sink's secret) and Alertmanager's API v2. The alert's id keeps a repeat from being a second
 * incident. The evidence is named, not quoted.
 */
final class OnCall {
  private static final int LONGEST = 2000;

  private OnCall() {}

  /** Events API v2, {@code trigger}: a summary has 1024 characters at most, all of it 512 KB. */
  static String pagerDuty(Alert alert) {
    JsonLine json = new JsonLine().open('{').key("event_action").text("trigger");
    json.key("dedup_key").text(alert.id()).key("client").text("stridewatch").key("payload");
    json.open('{').key("summary").text(Text.cut(alert.summary(), 1024));
    json.key("source").text(Text.cut(alert.scope(), 1024)).key("severity").text(severity(alert));
    json.key("timestamp").text(Times.text(alert.time()).substring(0, 23) + "Z");
    json.key("class").text(Text.cut(alert.rule(), LONGEST)).key("custom_details").open('{');
    details(alert).forEach(detail -> json.key(detail.getKey()).text(detail.getValue()));
    return json.close('}').close('}').close('}').toString();
  }

  private static String severity(Alert alert) {
    return switch (alert.severity()) {
      case CRITICAL -> "critical";
      case HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFO -> "info";
    };
  }

  /** API v2, postAlerts: a list of one. Its end is Alertmanager's to say (resolve_timeout). */
  static String alertmanager(Alert alert) {
    JsonLine json = new JsonLine().open('[').open('{').key("labels").open('{');
    json.key("alertname").text(Text.cut(alert.rule(), LONGEST)).key("id").text(alert.id());
    json.key("severity").text(alert.severity().label());
    json.key("scope").text(Text.cut(alert.scope(), LONGEST));
    json.key("stride").text(stride(alert)).close('}').key("annotations").open('{');
    details(alert).forEach(detail -> json.key(detail.getKey()).text(detail.getValue()));
    json.key("summary").text(Text.cut(alert.summary(), LONGEST)).close('}');
    json.key("startsAt").text(Times.text(alert.time()));
    return json.close('}').close(']').toString();
  }

  private static List<Map.Entry<String, String>> details(Alert alert) {
    return List.of(
        detail("title", alert.title()),
        detail("stride", stride(alert)),
        detail("threats", String.join(",", alert.threats())),
        detail("actor", Text.entity(alert.actor())),
        detail("target", Text.entity(alert.target())),
        detail("evidence", String.join(",", refs(alert))),
        detail("count", Long.toString(alert.count())),
        detail("remedy", alert.remedy()));
  }

  private static Map.Entry<String, String> detail(String name, String value) {
    return Map.entry(name, Text.cut(value, LONGEST));
  }

  private static List<String> refs(Alert alert) {
    return alert.evidence().stream().map(Evidence::ref).toList();
  }

  private static String stride(Alert alert) {
    return alert.stride().stream().map(Stride::label).collect(Collectors.joining(","));
  }
}
