package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AlertJson;
import io.stridewatch.Receipt;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplunkSinkTest implements HttpSinkContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final HttpTarget server = new HttpTarget(new HttpServerOptions());
  private final List<JsonNode> indexed = new CopyOnWriteArrayList<>();
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final List<JsonNode> taken = new ArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));
  private volatile boolean acknowledges = true;
  private volatile int asked;
  private Path token;

  @BeforeEach
  void start() throws IOException {
    token = Files.writeString(folder.resolve("token"), "0000-1111\n");
    server.otherwise = this::collector;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** As the collector does it; acknowledges at the second question. */
  private void collector(HttpServerRequest request, HttpServerResponse response) {
    HttpTarget.Post post = server.posts.get(server.posts.size() - 1);
    String channel = post.headers().get("X-Splunk-Request-Channel");
    if (!"Splunk 0000-1111".equals(post.headers().get("Authorization"))) {
      response.setStatusCode(403).end("{\"text\":\"Invalid token\",\"code\":4}");
    } else if (channel == null || !channel.matches("[0-9a-f-]{36}")) {
      response.setStatusCode(400).end("{\"text\":\"Data channel is missing\",\"code\":10}");
    } else if (post.uri().equals("/services/collector/event")) {
      response.end(events(post, response));
    } else if (post.uri().equals("/services/collector/ack?channel=" + channel)) {
      response.end(acknowledgement(post.body()));
    } else {
      response.setStatusCode(404).end("{\"text\":\"Not found\",\"code\":404}");
    }
  }

  private String events(HttpTarget.Post post, HttpServerResponse response) {
    List<JsonNode> events = new ArrayList<>();
    try (MappingIterator<JsonNode> all = JSON.readerFor(JsonNode.class).readValues(post.body())) {
      all.forEachRemaining(events::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    for (JsonNode event : events) {
      if (event.at("/event/summary").asText().contains(REFUSED)) {
        response.setStatusCode(400);
        return "{\"text\":\"Invalid data format\",\"code\":6,\"invalid-event-number\":0}";
      }
    }
    accepted.add(post.body());
    if (!acknowledges) {
      indexed.addAll(events);
      return "{\"text\":\"Success\",\"code\":0}";
    }
    taken.addAll(events);
    return "{\"text\":\"Success\",\"code\":0,\"ackId\":7}";
  }

  private String acknowledgement(String question) {
    assertEquals("{\"acks\":[7]}", question);
    boolean done = ++asked % 2 == 0;
    if (done) {
      indexed.addAll(taken);
      taken.clear();
    }
    return "{\"acks\":{\"7\":" + done + "}}";
  }

  @Override
  public Sink sink() throws IOException {
    return sink("");
  }

  private Sink sink(String options) throws IOException {
    return sinkAt("127.0.0.1:" + server.port(), options);
  }

  @Override
  public Sink sinkAt(String place) throws IOException {
    return sinkAt(place, "");
  }

  private Sink sinkAt(String place, String options) throws IOException {
    String url = "http://" + place + "#token=" + token + options;
    return new BatchSink("splunk", new SplunkHec(Kind.SPLUNK.target(url), now::get));
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
    return String.join("\n", accepted);
  }

  @Test
  void anEventHasTheAlertItsTimeAndItsHost() throws IOException {
    try (Sink sink = sink("&index=security")) {
      sink.deliver(SampleAlerts.numbered(1));
    }
    JsonNode event = indexed.get(0);
    assertEquals("1795232830.123", event.get("time").asText());
    assertEquals("vm1", event.get("host").asText());
    assertEquals("stridewatch:alert", event.get("sourcetype").asText());
    assertEquals("security", event.get("index").asText());
    assertEquals(JSON.readTree(AlertJson.line(SampleAlerts.numbered(1))), event.get("event"));
  }

  @Test
  void aBatchIsToldWhenItIsIndexedNotWhenItIsTaken() throws IOException {
    try (Sink sink = sink()) {
      assertEquals(Receipt.all(300), sink.deliver(SampleAlerts.stored(300)));
    }
    assertEquals(3, server.posts.size());
    assertEquals(300, indexed.size());
  }

  @Test
  void whatIsNotAcknowledgedIsTriedAgain() throws IOException {
    try (Sink sink = sink("&timeout=1")) {
      HttpTarget.Behaviour never = (request, response) -> response.end("{\"acks\":{\"7\":false}}");
      server.next.add(server.otherwise);
      IntStream.range(0, 20).forEach(i -> server.next.add(never));
      var e = assertThrows(IOException.class, () -> sink.deliver(SampleAlerts.numbered(1)));
      assertTrue(e.getMessage().endsWith("did not acknowledge within 1 s that they are indexed"));
      server.next.clear();
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals(2, indexed.size());
  }

  @Test
  void aTokenWithoutAcknowledgementIsToldAtOnce() throws IOException {
    acknowledges = false;
    try (Sink sink = sink()) {
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals(1, server.posts.size());
  }

  @Test
  void waitsForATargetThatIsBusyBrokenDownOrWronglySetUp() throws IOException {
    try (Sink sink = sink("&timeout=1")) {
      for (int status : List.of(500, 503, 401, 403, 404)) {
        fails(sink, HttpTarget.status(status), "answered " + status);
      }
      for (int code : Set.of(7, 10, 11)) {
        fails(sink, answer(400, "{\"text\":\"wrong\",\"code\":" + code + "}"), "answered 400");
      }
      fails(sink, answer(200, "ok"), "gave no answer of an HTTP Event Collector; it said ok");
      fails(sink, HttpTarget.halfAnAnswer(), "cannot post to");
      fails(sink, HttpTarget.hangUp(), "cannot post to");
      fails(sink, HttpTarget.silence(), "no answer within 1 s");
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals(1, indexed.size());
  }

  private static HttpTarget.Behaviour answer(int status, String body) {
    return (request, response) -> response.setStatusCode(status).end(body);
  }

  @Test
  void saysWhatItsAddressLacks() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> Kind.SPLUNK.target("https://h:8088"));
    assertTrue(e.getMessage().startsWith("sink splunk needs the collector's token in a file"));
    assertThrows(
        IllegalArgumentException.class, () -> Kind.SPLUNK.target("https://h#token=/t&form=cef"));
  }
}
