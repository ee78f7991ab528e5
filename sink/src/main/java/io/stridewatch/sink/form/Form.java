package io.stridewatch.sink.form;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.StoredAlert;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How an alert is written: one line each, without its end. No value can leave its place: what parts
 * values is escaped as the form says, and control and direction characters are written as {@code
 * \}{@code u} and four digits in all of them.
 */
public enum Form {
  /** Ours, schema {@value Alert#SCHEMA}. */
  JSON("json", "application/json", AlertJson::line),
  /** Elastic Common Schema 8.11. */
  ECS("ecs", "application/json", Ecs::line),
  /** ArcSight Common Event Format, version 0. */
  CEF("cef", "text/plain; charset=utf-8", Cef::line),
  /** Falco's, for what reads its alerts: falcosidekick and the like. */
  FALCO("falco", "application/json", FalcoForm::line),
  /** IBM QRadar's Log Event Extended Format, 2.0. */
  LEEF("leef", "text/plain; charset=utf-8", Leef::line),
  /** Open Cybersecurity Schema Framework 1.3, Detection Finding. */
  OCSF("ocsf", "application/json", Ocsf::line),
  /** A message for Slack's incoming webhooks. */
  SLACK("slack", "application/json", Chat::slack),
  /** An adaptive card for Microsoft Teams. */
  TEAMS("teams", "application/json", Chat::teams),
  /** PagerDuty's Events API v2; its routing key is the sink's. */
  PAGERDUTY("pagerduty", "application/json", OnCall::pagerDuty),
  /** Prometheus's Alertmanager, API v2: a list of one alert. */
  ALERTMANAGER("alertmanager", "application/json", OnCall::alertmanager);

  private final String label;
  private final String contentType;
  private final Function<Alert, String> writer;

  Form(String label, String contentType, Function<Alert, String> writer) {
    this.label = label;
    this.contentType = contentType;
    this.writer = writer;
  }

  /**
   * The form of that name.
   *
   * @throws IllegalArgumentException that lists the names, when there is none such
   */
  public static Form of(String label) {
    for (Form form : values()) {
      if (form.label.equals(label)) {
        return form;
      }
    }
    throw new IllegalArgumentException(
        "no form is called '"
            + label
            + "': use "
            + Arrays.stream(values()).map(f -> f.label).collect(Collectors.joining(", ")));
  }

  /** The media type, for HTTP. */
  public String contentType() {
    return contentType;
  }

  /** Whether it is JSON. */
  public boolean json() {
    return this != CEF && this != LEEF;
  }

  /** Whether it is a record of the alert with its evidence, not a message about it. */
  public boolean whole() {
    return this == JSON || this == ECS || this == OCSF;
  }

  /** The alert as one line, without its end. */
  public String line(Alert alert) {
    return writer.apply(alert);
  }

  /** The same in UTF-8; of our own form the bytes that are there. */
  public byte[] bytes(StoredAlert alert) {
    return this == JSON ? alert.line() : line(alert.alert()).getBytes(StandardCharsets.UTF_8);
  }
}
