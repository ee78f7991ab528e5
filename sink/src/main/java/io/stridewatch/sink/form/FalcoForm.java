package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Evidence;
import io.stridewatch.JsonLine;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.Decoders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alert as Falco 0.44 writes one with {@code json_output}, for what reads Falco's alerts, such
 * as falcosidekick. Keys stand in Falco's order, which is the alphabet's. A record that is masked
 * stays so.
 */
public final class FalcoForm {
  /** Of these an alert of whatever rule tells what its record has. */
  private static final List<String> FIELDS =
      List.of(
          "ka.auth.decision",
          "ka.auth.reason",
          "ka.impuser.name",
          "ka.response.code",
          "ka.response.reason",
          "ka.target.name",
          "ka.target.namespace",
          "ka.target.resource",
          "ka.target.subresource",
          "ka.uri",
          "ka.user.name",
          "ka.useragent",
          "ka.verb");

  private FalcoForm() {}

  /**
   * What is told of an alert.
   *
   * @param priority {@code Emergency} to {@code Debug}
   * @param text without its time and priority
   * @param fields texts, lists of texts, or null
   */
  public record Told(String priority, String text, Map<String, Object> fields) {}

  /** Of any rule's alert: its summary, and who, what and where. */
  public static String line(Alert alert) {
    return line(alert, new Told(priority(alert.severity()), alert.summary(), fields(alert)));
  }

  /** Of an alert of one of Falco's rules. */
  public static String line(Alert alert, Told told) {
    String time = Times.text(alert.time());
    String clock = time.substring(time.indexOf('T') + 1, time.length() - 1);
    JsonLine json = new JsonLine().open('{').key("hostname").text(alert.scope());
    json.key("output").text(clock + ": " + told.priority + " " + told.text);
    fields(alert, told, json.key("output_fields"));
    json.key("priority").text(told.priority).key("rule").text(alert.rule());
    json.key("source").text(source(alert));
    json.key("tags").texts(alert.tags().stream().sorted().distinct().toList());
    return json.key("time").text(time).close('}').toString();
  }

  /** {@code evt.time} is always among them: falcosidekick refuses an alert without fields. */
  private static void fields(Alert alert, Told told, JsonLine json) {
    Map<String, Object> fields = new TreeMap<>(told.fields);
    fields.put("evt.time", Times.nanos(alert.time()));
    json.open('{');
    fields.forEach((name, value) -> value(json.key(name), value));
    json.close('}');
  }

  private static void value(JsonLine json, Object value) {
    if (value instanceof Long number) {
      json.number(number);
    } else if (value instanceof List<?> list) {
      json.texts(list.stream().map(String::valueOf).toList());
    } else {
      json.text((String) value);
    }
  }

  /** Their events are known to Falco's readers by its own name for them. */
  private static String source(Alert alert) {
    Source source = alert.evidence().isEmpty() ? null : alert.evidence().get(0).source();
    return source == Source.KUBERNETES ? "k8s_audit" : source == null ? "" : source.label();
  }

  private static String priority(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "Critical";
      case HIGH -> "Error";
      case MEDIUM -> "Warning";
      case LOW -> "Notice";
      case INFO -> "Informational";
    };
  }

  private static Map<String, Object> fields(Alert alert) {
    Map<String, Object> fields = new LinkedHashMap<>();
    entity("actor", alert.actor(), fields);
    entity("target", alert.target(), fields);
    AuditEvent event = event(alert);
    if (event != null && event.source() == Source.KUBERNETES) {
      FIELDS.forEach(
          name -> event.values(name).stream().findFirst().ifPresent(v -> fields.put(name, v)));
    }
    return fields;
  }

  private static void entity(String who, Map<String, String> entity, Map<String, Object> fields) {
    if (entity != null) {
      entity.forEach((key, value) -> fields.put("stridewatch." + who + "." + key, value));
    }
  }

  /** The record of an alert that has one, masked; null when that can't be read. */
  public static AuditEvent event(Alert alert) {
    if (alert.evidence().size() != 1 || alert.evidence().get(0).raw() == null) {
      return null;
    }
    Evidence evidence = alert.evidence().get(0);
    try {
      byte[] raw = evidence.raw().getBytes(StandardCharsets.UTF_8);
      return Decoders.decode(evidence.source(), alert.scope(), raw);
    } catch (UnreadableRecordException e) {
      return null;
    }
  }
}
