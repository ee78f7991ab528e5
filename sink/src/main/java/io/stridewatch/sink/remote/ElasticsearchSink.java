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
final class ElasticsearchSink implements Sink {
  private static final int BATCH = 500;

  private final String name;
  private final BulkRequest request;
  private final HttpPost http;
  private int most = BATCH;

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

  /** One request; told are those up to the first document that must wait. */
  @Override
  public Receipt deliver(List<Alert> alerts) {
    BulkRequest.Body body = request.body(alerts.subList(0, Math.min(alerts.size(), most)));
    try {
      Receipt receipt = receipt(post(body));
      most = BATCH;
      return receipt;
    } catch (IOException e) {
      return Receipt.none(e);
    } catch (RefusedException e) {
      return body.count() == 1 ? new Receipt(1, Map.of(0, e), null) : halved(alerts, body.count());
    }
  }

  /** Which of many documents makes a request too large, or the proxy say no, shows by halving. */
  private Receipt halved(List<Alert> alerts, int refused) {
    most = refused / 2;
    return deliver(alerts);
  }

  private List<BulkAnswer> post(BulkRequest.Body body) throws IOException {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set("Content-Type", "application/x-ndjson").set("User-Agent", "stridewatch");
    Answer answer = http.post(body.bytes(), headers);
    judge(answer);
    return BulkAnswer.of(answer, body.count());
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
    return BATCH;
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
