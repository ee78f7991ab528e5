package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import io.stridewatch.Sink;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes each alert as a document to Elasticsearch or OpenSearch, up to 500 in a bulk request, told
 * when it is acknowledged. The document's id is the alert's, so that an alert told again is there
 * once; in a data stream that holds within one backing index. Waits for an index that is missing,
 * full or closed to us.
 */
final class ElasticsearchSink implements Sink, Batches.Request {
  private final String name;
  private final BulkRequest request;
  private final HttpPost http;
  private final Batches batches = new Batches(this);

  ElasticsearchSink(String name, Target target, InstantSource clock) throws IOException {
    this.name = name;
    request = BulkRequest.of(target);
    http = new HttpPost(target, request.url(), clock);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    deliver(List.of(alert)).ofOne();
  }

  /** Told are those up to the first document that must wait. */
  @Override
  public Receipt deliver(List<Alert> alerts) {
    return batches.deliver(alerts);
  }

  @Override
  public Body body(List<Alert> alerts) {
    return request.body(alerts);
  }

  @Override
  public Receipt send(Body body) throws IOException {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set("Content-Type", "application/x-ndjson").set("User-Agent", "stridewatch");
    Answer answer = http.post(body.bytes(), headers);
    answer.judgeRequest();
    return receipt(BulkAnswer.of(answer, body.count()));
  }

  private static Receipt receipt(List<BulkAnswer> answers) {
    Map<Integer, RuntimeException> refused = new TreeMap<>();
    for (int i = 0; i < answers.size(); i++) {
      try {
        answers.get(i).judge();
      } catch (IOException e) {
        return new Receipt(i, refused, e);
      } catch (RefusedException e) {
        refused.put(i, e);
      }
    }
    return new Receipt(answers.size(), refused, null);
  }

  @Override
  public int batch() {
    return Batches.MOST;
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
