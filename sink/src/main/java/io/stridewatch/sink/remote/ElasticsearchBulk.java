package io.stridewatch.sink.remote;

import io.stridewatch.Receipt;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes each alert as a document to Elasticsearch or OpenSearch, told when it is acknowledged. The
 * document's id is the alert's, so that an alert told again is there once; in a data stream that
 * holds within one backing index. Waits for an index that is missing, full or closed to us.
 */
final class ElasticsearchBulk implements BatchRequest {
  private final BulkRequest request;
  private final HttpPost http;

  ElasticsearchBulk(Target target, InstantSource clock) throws IOException {
    request = BulkRequest.of(target);
    http = new HttpPost(target, request.url(), clock);
  }

  @Override
  public Body body(List<StoredAlert> alerts) {
    return request.body(alerts);
  }

  @Override
  public Receipt send(Body body) throws IOException {
    Answer answer = http.post(body.bytes(), "application/x-ndjson");
    answer.judgeRequest();
    return receipt(BulkAnswer.of(answer, body.count()));
  }

  /** Told are those up to the first document that must wait. */
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
  public void close() throws IOException {
    http.close();
  }
}
