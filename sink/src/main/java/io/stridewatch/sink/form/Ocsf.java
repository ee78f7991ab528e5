package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.JsonLine;
import io.stridewatch.Stride;
import io.stridewatch.Times;
import java.util.List;
import java.util.Map;

/**
 * An alert as a Detection Finding of the Open Cybersecurity Schema Framework 1.3 (class 2004,
 * category Findings, activity Create). What OCSF has no attribute for stands under {@code
 * unmapped}. Times are milliseconds, as OCSF has them.
 */
final class Ocsf {
  private final JsonLine json = new JsonLine();

  private Ocsf() {}

  static String line(Alert alert) {
    Ocsf ocsf = new Ocsf();
    ocsf.write(alert);
    return ocsf.json.toString();
  }

  private void write(Alert alert) {
    json.open('{').key("class_uid").number(2004).key("class_name").text("Detection Finding");
    json.key("category_uid").number(2).key("category_name").text("Findings");
    json.key("activity_id").number(1).key("activity_name").text("Create");
    json.key("type_uid").number(200401).key("type_name").text("Detection Finding: Create");
    json.key("time").number(alert.time().toEpochMilli());
    json.key("severity_id").number(severityId(alert)).key("severity").text(severity(alert));
    json.key("status_id").number(1).key("status").text("New");
    json.key("is_alert").bool(true).key("count").number(alert.count());
    json.key("start_time").number(alert.first().toEpochMilli());
    json.key("end_time").number(alert.last().toEpochMilli());
    json.key("message").text(alert.summary());
    metadata(alert);
    finding(alert);
    json.key("remediation").open('{').key("desc").text(alert.remedy()).close('}');
    resources(alert.target());
    json.key("evidences").open('[');
    alert.evidence().forEach(evidence -> evidence(alert, evidence));
    json.close(']');
    unmapped(alert);
    json.close('}');
  }

  private void metadata(Alert alert) {
    json.key("metadata").open('{').key("version").text("1.3.0").key("uid").text(alert.id());
    json.key("product").open('{').key("name").text("stridewatch");
    json.key("vendor_name").text("stridewatch").close('}');
    json.key("labels").texts(alert.tags()).close('}');
  }

  private void finding(Alert alert) {
    json.key("finding_info").open('{').key("uid").text(alert.id());
    json.key("title").text(alert.title()).key("desc").text(alert.summary());
    json.key("created_time").number(alert.time().toEpochMilli());
    json.key("first_seen_time").number(alert.first().toEpochMilli());
    json.key("last_seen_time").number(alert.last().toEpochMilli());
    json.key("types").texts(alert.stride().stream().map(Stride::label).toList());
    json.key("analytic").open('{').key("uid").text(alert.rule()).key("name").text(alert.title());
    json.key("type_id").number(1).key("type").text("Rule").close('}').close('}');
  }

  private void resources(Map<String, String> target) {
    if (target != null) {
      json.key("resources").open('[').open('{').key("name").text(target.get("name"));
      json.key("type").text(target.get("kind")).close('}').close(']');
    }
  }

  /** Who did it belongs to what shows it. */
  private void evidence(Alert alert, Evidence evidence) {
    json.open('{');
    String user = Text.name(alert.actor());
    if (user != null) {
      json.key("actor").open('{').key("user").open('{').key("name").text(user);
      json.close('}').close('}');
    }
    json.key("data").open('{').key("id").text(evidence.id());
    json.key("source").text(evidence.source().label());
    json.key("time").text(Times.text(evidence.time())).key("ref").text(evidence.ref());
    json.key("raw").text(evidence.raw());
    if (evidence.raw() == null) {
      json.key("raw64").text(evidence.raw64());
    }
    json.key("sha256").text(evidence.sha256()).key("masked").texts(evidence.masked());
    json.key("truncated").bool(evidence.truncated()).close('}').close('}');
  }

  private void unmapped(Alert alert) {
    json.key("unmapped").open('{').key("schema").text(Alert.SCHEMA);
    json.key("scope").text(alert.scope()).key("threats").texts(alert.threats());
    json.key("actor_kind").text(alert.actor() == null ? null : alert.actor().get("kind"));
    json.key("time").text(Times.text(alert.time())).key("group").text(alert.group()).close('}');
  }

  private static int severityId(Alert alert) {
    return switch (alert.severity()) {
      case CRITICAL -> 5;
      case HIGH -> 4;
      case MEDIUM -> 3;
      case LOW -> 2;
      case INFO -> 1;
    };
  }

  private static String severity(Alert alert) {
    return List.of("Informational", "Low", "Medium", "High", "Critical").get(severityId(alert) - 1);
  }
}
