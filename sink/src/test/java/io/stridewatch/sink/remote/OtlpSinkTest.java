package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Receipt;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpSinkTest implements HttpSinkContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpTarget server = new HttpTarget(new HttpServerOptions());
  private final List<JsonNode> records = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));

  @BeforeEach
  void start() {
    server.otherwise = this::collector;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** As a collector does it: strict about the form; takes the others where it rejects some. */
  private void collector(HttpServerRequest request, HttpServerResponse response) {
    HttpTarget.Post post = server.posts.get(server.posts.size() - 1);
    JsonNode logs = json(post.body()).at("/resourceLogs/0/scopeLogs/0/logRecords");
    if (!post.uri().equals("/v1/logs")
        || !"application/json".equals(post.headers().get("Content-Type"))
        || !logs.isArray()) {
      response.setStatusCode(400).end("{\"message\":\"not an export request\"}");
      return;
    }
    int rejected = 0;
    for (JsonNode log : logs) {
      if (log.at("/body/stringValue").asText().contains(REFUSED)) {
        rejected++;
      } else {
        records.add(log);
      }
    }
    response.putHeader("Content-Type", "application/json");
    response.end(
        rejected == 0
            ? "{}"
            : "{\"partialSuccess\":{\"rejectedLogRecords\":\""
                + rejected
                + "\",\"errorMessage\":\"too strange\"}}");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Sink sink() throws IOException {
    return sink("");
  }

  private Sink sink(String rest) throws IOException {
    return sinkAt("127.0.0.1:" + server.port() + rest);
  }

  @Override
  public Sink sinkAt(String place) throws IOException {
    return new BatchSink("otel", new OtlpLogs(Kind.OTLP.target("http://" + place), now::get));
  }

  @Override
  public HttpTarget server() {
    return server;
  }

  @Override
  public void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @Override
  public String told() {
    return records.stream()
        .map(log -> attribute(log, "stridewatch.alert").path("stringValue").asText())
        .collect(Collectors.joining("\n"));
  }

  private static JsonNode attribute(JsonNode log, String key) {
    for (JsonNode attribute : log.get("attributes")) {
      if (attribute.get("key").asText().equals(key)) {
        return attribute.get("value");
      }
    }
    throw new AssertionError("no attribute " + key + " in " + log);
  }

  @Test
  void aLogRecordIsOfTheDataModel() throws IOException {
    Alert alert = SampleAlerts.numbered(1);
    try (Sink sink = sink()) {
      sink.deliver(alert);
    }
    JsonNode log = records.get(0);
    assertEquals("\"1795232830123456789\"", log.get("timeUnixNano").toString());
    assertEquals(17, log.get("severityNumber").asInt());
    assertEquals("high", log.get("severityText").asText());
    assertEquals("alert number 1", log.at("/body/stringValue").asText());
    assertEquals(alert.id(), attribute(log, "stridewatch.alert.id").get("stringValue").asText());
    assertEquals(
        "[{\"stringValue\":\"tampering\"}]",
        attribute(log, "stridewatch.stride").at("/arrayValue/values").toString());
    assertEquals("alice", attribute(log, "stridewatch.actor.name").get("stringValue").asText());
    assertEquals(
        AlertJson.line(alert), attribute(log, "stridewatch.alert").get("stringValue").asText());
  }

  @Test
  void putsManyIntoOneRequest() throws IOException {
    try (Sink sink = sink()) {
      assertEquals(Receipt.all(300), sink.deliver(SampleAlerts.stored(300)));
    }
    assertEquals(1, server.posts.size());
    assertEquals(300, records.size());
  }

  @Test
  void goesToThePathOfItsUrlWhereThatHasOne() throws IOException {
    server.otherwise = (request, response) -> response.end("{}");
    try (Sink sink = sink("/otlp/v1/logs?team=a")) {
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals("/otlp/v1/logs?team=a", server.posts.get(0).uri());
  }

  @Test
  void waitsForATargetThatIsBusyBrokenOrLetsUsNotIn() throws IOException {
    try (Sink sink = sink("#timeout=1")) {
      for (int status : List.of(500, 502, 503, 504, 401, 403, 404)) {
        fails(sink, HttpTarget.status(status), "answered " + status);
      }
      fails(sink, (request, response) -> response.end("ok"), "gave no answer of OTLP; it said ok");
      fails(sink, HttpTarget.halfAnAnswer(), "cannot post to");
      fails(sink, HttpTarget.hangUp(), "cannot post to");
      fails(sink, HttpTarget.silence(), "no answer within 1 s");
      server.next.add(HttpTarget.status(400));
      assertThrows(RefusedException.class, () -> sink.deliver(SampleAlerts.numbered(1)));
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals(1, records.size());
  }
}
