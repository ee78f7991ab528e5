package io.stridewatch.sink.remote;

import io.stridewatch.JsonLine;
import io.stridewatch.StoredAlert;
import io.stridewatch.sink.form.Form;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How alerts are given to Splunk's HTTP Event Collector (Splunk, Format events for HTTP Event
 * Collector): objects one after the other, each an event with its metadata, on a line.
 *
 * @param place of the collector: address and path, up to {@code /services/collector}
 * @param index that events go to; null for the token's own
 */
record HecRequest(String place, String index, Form form) {
  /** Half of what a Splunk of others takes by default. */
  private static final int ENOUGH = 512 << 10;

  private static final byte[] END = {'}', '\n'};

  /**
   * To that target.
   *
   * @throws IllegalArgumentException when its token is missing, or the form is no JSON
   */
  static HecRequest of(Target target) {
    if (target.file("token") == null) {
      throw new IllegalArgumentException(
          "sink splunk needs the collector's token in a file: splunk=" + Kind.SPLUNK.example());
    }
    Form form = target.form(Form.JSON);
    if (!form.whole()) {
      throw new IllegalArgumentException("sink splunk writes form=json, form=ecs or form=ocsf");
    }
    String path = target.uri().getRawPath().replaceFirst("/+$", "");
    return new HecRequest(
        target.place() + path + "/services/collector", target.options().get("index"), form);
  }

  String events() {
    return place + "/event";
  }

  String acknowledgements(String channel) {
    return place + "/ack?channel=" + channel;
  }

  /** As many from the first on as make {@value #ENOUGH} bytes. */
  Body body(List<StoredAlert> alerts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
    int count = 0;
    while (count < alerts.size() && body.size() < ENOUGH) {
      StoredAlert alert = alerts.get(count++);
      body.writeBytes(event(alert).getBytes(StandardCharsets.UTF_8));
      body.writeBytes(form.bytes(alert));
      body.writeBytes(END);
    }
    return new Body(body.toByteArray(), count);
  }

  /** All that stands before the form's line, which is JSON already. */
  private String event(StoredAlert alert) {
    JsonLine event = new JsonLine().open('{').key("time").text(seconds(alert));
    event.key("host").text(alert.scope()).key("source").text("stridewatch");
    event.key("sourcetype").text("stridewatch:alert");
    if (index != null) {
      event.key("index").text(index);
    }
    return event.key("event").toString();
  }

  private static String seconds(StoredAlert alert) {
    return "%d.%03d".formatted(alert.time().getEpochSecond(), alert.time().getNano() / 1_000_000);
  }
}
