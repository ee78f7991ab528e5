package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.JsonLine;
import io.stridewatch.Severity;
import io.stridewatch.Stride;
import io.stridewatch.Times;
import java.util.List;
import java.util.Map;

/**
 * An alert as a log record of OpenTelemetry's (logs data model; JSON encoding of protocol buffers:
 * 64-bit numbers are strings). Its summary is the body; the alert whole is an attribute.
 */
final class OtlpRecord {
  private final JsonLine json = new JsonLine().open('{');

  private OtlpRecord() {}

  /** A request with these records, which are parted by commas. */
  static String request(CharSequence records) {
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
        + "\"value\":{\"stringValue\":\"stridewatch\"}}]},\"scopeLogs\":[{\"scope\":"
        + "{\"name\":\"stridewatch\"},\"logRecords\":["
        + records
        + "]}]}]}";
  }

  static String of(Alert alert) {
    OtlpRecord record = new OtlpRecord();
    String time = Long.toString(Times.nanos(alert.time()));
    record.json.key("timeUnixNano").text(time).key("observedTimeUnixNano").text(time);
    record.json.key("severityNumber").number(number(alert.severity()));
    record.json.key("severityText").text(alert.severity().label());
    record.json.key("eventName").text("stridewatch.alert");
    record.json.key("body").open('{').key("stringValue").text(alert.summary()).close('}');
    record.json.key("attributes").open('[');
    record.attributes(alert);
    return record.json.close(']').close('}').toString();
  }

  private void attributes(Alert alert) {
    text("stridewatch.alert.id", alert.id());
    text("stridewatch.rule", alert.rule());
    text("stridewatch.title", alert.title());
    texts("stridewatch.stride", alert.stride().stream().map(Stride::label).toList());
    texts("stridewatch.threats", alert.threats());
    texts("stridewatch.tags", alert.tags());
    text("stridewatch.scope", alert.scope());
    entity("stridewatch.actor.", alert.actor());
    entity("stridewatch.target.", alert.target());
    text("stridewatch.remedy", alert.remedy());
    text("stridewatch.alert", AlertJson.line(alert));
  }

  private void entity(String prefix, Map<String, String> entity) {
    if (entity != null) {
      entity.forEach((key, value) -> text(prefix + key, value));
    }
  }

  private void text(String key, String value) {
    json.open('{').key("key").text(key).key("value").open('{');
    json.key("stringValue").text(value).close('}').close('}');
  }

  private void texts(String key, List<String> values) {
    json.open('{').key("key").text(key).key("value").open('{').key("arrayValue").open('{');
    json.key("values").open('[');
    values.forEach(value -> json.open('{').key("stringValue").text(value).close('}'));
    json.close(']').close('}').close('}').close('}');
  }

  /** As the data model groups them: INFO, INFO2, WARN, ERROR, FATAL. */
  private static int number(Severity severity) {
    return switch (severity) {
      case INFO -> 9;
      case LOW -> 10;
      case MEDIUM -> 13;
      case HIGH -> 17;
      case CRITICAL -> 21;
    };
  }
}
