package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.Sink;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Writes each alert as a document to Elasticsearch or OpenSearch, told when it is acknowledged. The
 * document's id is the alert's, so that an alert told again is there once; in a data stream that
 * holds within one backing index. Waits for an index that is missing, full or closed to us.
 */
final class ElasticsearchSink implements Sink {
  private final String name;
  private final BulkRequest request;
  private final HttpPost http;

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
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set("Content-Type", "application/x-ndjson").set("User-Agent", "stridewatch");
    Answer answer = http.post(request.body(alert), headers);
    judge(answer);
    BulkAnswer.of(answer).judge();
  }

  /** Missing rights and a wrong address are about the set-up, not about the alert. */
  private static void judge(Answer answer) throws IOException {
    try {
      answer.judge();
    } catch (RefusedException e) {
      if (answer.status() == 403 || answer.status() == 404 || answer.status() == 405) {
        throw new IOException(e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
