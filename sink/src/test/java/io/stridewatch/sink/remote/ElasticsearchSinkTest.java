package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AlertJson;
import io.stridewatch.Receipt;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchSinkTest implements SinkContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final HttpTarget server = new HttpTarget(new HttpServerOptions());
  private final Map<String, String> instead = new ConcurrentHashMap<>();
  private volatile int most = Integer.MAX_VALUE;
  private final Map<String, String> documents = Collections.synchronizedMap(new LinkedHashMap<>());

  @BeforeEach
  void start() {
    server.otherwise = this::bulk;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** As the bulk API does it: strict about the form, one document an id. */
  private void bulk(HttpServerRequest request, HttpServerResponse response) {
    HttpTarget.Post post = server.posts.get(server.posts.size() - 1);
    String[] lines = post.body().split("\n", -1);
    boolean formed =
        post.uri().startsWith("/prefix/_bulk?pipeline=p&filter_path=")
            && "application/x-ndjson".equals(post.headers().get("Content-Type"))
            && lines.length % 2 == 1
            && lines[lines.length - 1].isEmpty();
    if (!formed) {
      response.setStatusCode(400).end("{\"error\":{\"type\":\"illegal_argument_exception\"}}");
      return;
    }
    if (lines.length / 2 > most) {
      response.setStatusCode(413).end();
      return;
    }
    List<String> items = new ArrayList<>();
    for (int i = 0; i + 1 < lines.length; i += 2) {
      items.add(create(json(lines[i]).path("create"), lines[i + 1]));
    }
    response.end("{\"items\":[" + String.join(",", items) + "]}");
  }

  private String create(JsonNode action, String document) {
    json(document);
    assertEquals("alerts", action.path("_index").asText());
    String otherwise = instead.remove(action.path("_id").asText());
    if (otherwise != null) {
      return otherwise;
    }
    boolean fresh = documents.putIfAbsent(action.path("_id").asText(), document) == null;
    return item(fresh ? 201 : 409, fresh ? "" : "version_conflict_engine_exception");
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String item(int status, String error) {
    String told =
        error.isEmpty() ? "" : ",\"error\":{\"type\":\"" + error + "\",\"reason\":\"because\"}";
    return "{\"create\":{\"status\":" + status + told + "}}";
  }

  private static String answer(String item) {
    return "{\"items\":[" + item + "]}";
  }

  @Override
  public Sink sink() throws IOException {
    return sink("");
  }

  private Sink sink(String options) throws IOException {
    String url = "http://127.0.0.1:" + server.port() + "/prefix/alerts?pipeline=p" + options;
    return new BatchSink(
        "es", new ElasticsearchBulk(Kind.ELASTICSEARCH.target(url), InstantSource.system()));
  }

  @Override
  public String told() {
    return String.join("\n", documents.values());
  }

  private void deliver(Sink sink, int number) throws IOException {
    sink.deliver(SampleAlerts.numbered(number));
  }

  private String failure(String answer, Class<? extends Exception> type) throws IOException {
    server.next.add((request, response) -> response.end(answer));
    try (Sink sink = sink()) {
      String told = assertThrows(type, () -> deliver(sink, 1)).getMessage();
      deliver(sink, 2);
      return told;
    }
  }

  @Test
  void keepsADocumentOnceHoweverOftenItsAlertIsTold() throws IOException {
    try (Sink sink = sink()) {
      deliver(sink, 1);
      server.next.add(
          (request, response) -> {
            String[] lines = server.posts.get(server.posts.size() - 1).body().split("\n");
            create(json(lines[0]).path("create"), lines[1]);
            request.connection().close();
          });
      assertThrows(IOException.class, () -> deliver(sink, 2));
      deliver(sink, 2);
      deliver(sink, 1);
    }
    assertEquals(
        List.of(SampleAlerts.numbered(1).id(), SampleAlerts.numbered(2).id()),
        List.copyOf(documents.keySet()));
  }

  @Test
  void writesEcsUnlessOurOwnJsonIsWanted() throws IOException {
    try (Sink ecs = sink();
        Sink own = sink("#form=json")) {
      deliver(ecs, 1);
      deliver(own, 2);
    }
    List<String> written = List.copyOf(documents.values());
    assertEquals("alert", json(written.get(0)).at("/event/kind").asText());
    assertEquals(AlertJson.line(SampleAlerts.numbered(2)), written.get(1));
  }

  @Test
  void showsAnApiKey() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybA==\n");
    try (Sink sink = sink("#api-key=" + key)) {
      deliver(sink, 1);
    }
    assertEquals(
        "ApiKey VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybA==",
        server.posts.get(0).headers().get("Authorization"));
  }

  @Test
  void waitsForAnIndexThatCantTakeItNow() throws IOException {
    for (int status : List.of(429, 500, 503, 403, 404)) {
      String told =
          failure(answer(item(status, "es_rejected_execution_exception")), IOException.class);
      assertTrue(
          told.endsWith("answered " + status + " es_rejected_execution_exception: because"), told);
    }
  }

  @Test
  void setsAsideADocumentThatDoesntFitTheIndex() throws IOException {
    String told = failure(answer(item(400, "document_parsing_exception")), RefusedException.class);
    assertTrue(told.endsWith("answered 400 document_parsing_exception: because"), told);
  }

  @Test
  void takesNoAnswerForAYesThatIsNotOfTheBulkApi() throws IOException {
    for (String answer :
        List.of(
            "", "ok", "{}", "{\"items\":[]}", "[1]", answer(item(201, "").replace("2", "\"2\"")))) {
      assertTrue(failure(answer, IOException.class).contains("gave no bulk answer"), answer);
    }
  }

  @Test
  void waitsForATargetThatIsBusyBrokenOrLetsUsNotIn() throws IOException {
    try (Sink sink = sink()) {
      for (int status : List.of(429, 500, 503, 401, 403, 404, 405)) {
        server.next.add(HttpTarget.status(status));
        assertThrows(IOException.class, () -> deliver(sink, 1));
      }
      server.next.add(HttpTarget.halfAnAnswer());
      assertThrows(IOException.class, () -> deliver(sink, 1));
      server.next.add(HttpTarget.hangUp());
      assertThrows(IOException.class, () -> deliver(sink, 1));
      server.next.add(HttpTarget.status(413));
      assertThrows(RefusedException.class, () -> deliver(sink, 1));
      deliver(sink, 1);
    }
    assertEquals(1, documents.size());
  }

  @Test
  void putsManyAlertsIntoOneRequest() throws IOException {
    try (Sink sink = sink()) {
      assertEquals(new Receipt(300, Map.of(), null), sink.deliver(SampleAlerts.stored(300)));
    }
    assertEquals(1, server.posts.size());
    assertEquals(300, documents.size());
  }

  @Test
  void ofABatchSetsTheRefusedAsideAndStopsAtTheOneThatMustWait() throws IOException {
    instead.put(SampleAlerts.numbered(1).id(), item(400, "document_parsing_exception"));
    instead.put(SampleAlerts.numbered(3).id(), item(429, "es_rejected_execution_exception"));
    try (Sink sink = sink()) {
      Receipt receipt = sink.deliver(SampleAlerts.stored(5));
      assertEquals(3, receipt.done());
      assertEquals(Set.of(1), receipt.refused().keySet());
      assertTrue(receipt.later().getMessage().contains("answered 429"));
      assertEquals(Receipt.all(2), sink.deliver(SampleAlerts.stored(5).subList(3, 5)));
    }
    assertEquals(4, documents.size());
  }

  @Test
  void sendsFewerInARequestWhereOneIsTooLarge() throws IOException {
    most = 10;
    try (Sink sink = sink()) {
      int told = 0;
      while (told < 100) {
        told += sink.deliver(SampleAlerts.stored(100).subList(told, 100)).done();
      }
    }
    assertEquals(100, documents.size());
  }

  @Test
  void anUnreadableAnswerToABatchIsTriedAgainWhole() throws IOException {
    server.next.add(HttpTarget.halfAnAnswer());
    try (Sink sink = sink()) {
      assertEquals(0, sink.deliver(SampleAlerts.stored(3)).done());
      assertEquals(3, sink.deliver(SampleAlerts.stored(3)).done());
    }
    assertEquals(3, documents.size());
  }

  @Test
  void saysThatAnIndexIsMissingInItsAddress() {
    for (String url : List.of("https://h:9200", "https://h:9200/", "https://h:9200/UPPER")) {
      var e =
          assertThrows(IllegalArgumentException.class, () -> Kind.ELASTICSEARCH.target(url), url);
      assertTrue(e.getMessage().endsWith("elasticsearch=https://HOST:9200/INDEX"));
    }
    assertThrows(
        IllegalArgumentException.class, () -> Kind.ELASTICSEARCH.target("https://h/i#form=cef"));
  }
}
