package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.Sink;
import io.stridewatch.sink.form.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/**
 * Posts each alert to a URL, one request an alert, told when the whole answer 2xx is there. At
 * least once: the alert's id is its {@code Idempotency-Key}, the same each time. A target that is
 * down, slow, busy or broken is tried again; an alert that it refuses is not.
 */
final class WebhookSink implements Sink {
  private final String name;
  private final Form form;
  private final SecretFile routingKey;
  private final HttpPost http;

  WebhookSink(String name, Target target, InstantSource clock) throws IOException {
    this.name = name;
    form = target.form(Form.JSON);
    routingKey =
        target.file("routing-key") == null ? null : new SecretFile(target.file("routing-key"));
    http = new HttpPost(target, target.uri().toString(), clock);
  }

  /**
   * Looks at what only a webhook has.
   *
   * @throws IllegalArgumentException that says what is missing
   */
  static void check(Target target) {
    boolean pagerDuty = target.form(Form.JSON) == Form.PAGERDUTY;
    if (pagerDuty != (target.file("routing-key") != null)) {
      throw new IllegalArgumentException(
          "sink webhook: form=pagerduty and routing-key=FILE need each other");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    byte[] body = body(alert).getBytes(StandardCharsets.UTF_8);
    http.post(body, form.contentType(), Map.of("Idempotency-Key", alert.id())).judge();
  }

  /** PagerDuty wants its key in the body, as the object's own. */
  private String body(Alert alert) throws IOException {
    String line = form.line(alert);
    if (form != Form.PAGERDUTY) {
      return line;
    }
    JsonLine key = new JsonLine().open('{').key("routing_key").text(routingKey.text());
    return key + "," + line.substring(1);
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
