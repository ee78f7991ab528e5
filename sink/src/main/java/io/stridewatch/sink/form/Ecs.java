package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.Times;
import java.util.List;
import java.util.Map;

/**
 * An alert as a document of the Elastic Common Schema 8.11: what ECS has a field for stands there,
 * the rest under {@code stridewatch}. Names are nested objects, never dotted keys, and values are
 * strings even where a value looks like a number: no alert can change a mapping.
 */
final class Ecs {
  private final JsonLine json = new JsonLine();

  private Ecs() {}

  static String line(Alert alert) {
    Ecs ecs = new Ecs();
    ecs.write(alert);
    return ecs.json.toString();
  }

  private void write(Alert alert) {
    json.open('{').key("@timestamp").text(Times.text(alert.time()));
    json.key("ecs").open('{').key("version").text("8.11.0").close('}');
    json.key("message").text(alert.summary());
    event(alert);
    json.key("rule").open('{').key("id").text(alert.rule());
    json.key("name").text(alert.title()).close('}');
    json.key("tags").texts(alert.tags());
    who(alert);
    where(alert);
    ours(alert);
    json.close('}');
  }

  /** ECS, event: an alert's kind and the types that its category may have. */
  private void event(Alert alert) {
    json.key("event").open('{').key("kind").text("alert").key("id").text(alert.id());
    json.key("category").texts(List.of("intrusion_detection"));
    json.key("type").texts(List.of("info"));
    json.key("module").text("stridewatch").key("dataset").text("stridewatch.alert");
    json.key("severity").number(severity(alert)).key("reason").text(alert.summary());
    json.key("start").text(Times.text(alert.first())).key("end").text(Times.text(alert.last()));
    json.close('}');
  }

  private void who(Alert alert) {
    String user = user(alert.actor());
    if (user != null) {
      json.key("user").open('{').key("name").text(user).close('}');
      json.key("related").open('{').key("user").texts(List.of(user)).close('}');
    }
  }

  private void where(Alert alert) {
    boolean cluster = alert.evidence().stream().anyMatch(e -> e.source() == Source.KUBERNETES);
    if (cluster) {
      json.key("orchestrator").open('{').key("type").text("kubernetes");
      json.key("cluster").open('{').key("name").text(alert.scope()).close('}').close('}');
    } else {
      json.key("host").open('{').key("name").text(alert.scope()).close('}');
    }
  }

  private void ours(Alert alert) {
    json.key("stridewatch").open('{').key("severity").text(alert.severity().label());
    json.key("stride").texts(alert.stride().stream().map(Stride::label).toList());
    json.key("threats").texts(alert.threats()).key("scope").text(alert.scope());
    entity("actor", alert.actor());
    entity("target", alert.target());
    json.key("remedy").text(alert.remedy()).key("count").number(alert.count());
    json.key("group").text(alert.group());
    json.key("evidence").open('[');
    alert.evidence().forEach(this::evidence);
    json.close(']').close('}');
  }

  private void entity(String key, Map<String, String> entity) {
    if (entity != null) {
      json.key(key).open('{');
      entity.forEach((name, value) -> json.key(name).text(value));
      json.close('}');
    }
  }

  private void evidence(Evidence evidence) {
    json.open('{').key("id").text(evidence.id()).key("source").text(evidence.source().label());
    json.key("time").text(Times.text(evidence.time())).key("ref").text(evidence.ref());
    json.key("raw").text(evidence.raw());
    if (evidence.raw() == null) {
      json.key("raw64").text(evidence.raw64());
    }
    json.key("sha256").text(evidence.sha256()).key("masked").texts(evidence.masked());
    json.key("truncated").bool(evidence.truncated()).close('}');
  }

  private static String user(Map<String, String> actor) {
    return actor != null && "user".equals(actor.get("kind")) ? actor.get("name") : null;
  }

  /** As Elastic's own rules weigh them: the worse, the greater. */
  private static long severity(Alert alert) {
    return switch (alert.severity()) {
      case CRITICAL -> 99;
      case HIGH -> 73;
      case MEDIUM -> 47;
      case LOW -> 21;
      case INFO -> 1;
    };
  }
}
