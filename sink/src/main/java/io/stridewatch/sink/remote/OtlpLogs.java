package io.stridewatch.sink.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Receipt;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * Sends alerts as log records to an OpenTelemetry collector, OTLP over HTTP in JSON (OTLP
 * specification 1.5), told when the answer says that none was rejected. At least once: a record has
 * its alert's id. Of a request of which some were rejected the answer does not say which, so it is
 * sent again in halves until they are known.
 */
final class OtlpLogs implements BatchRequest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ENOUGH = 2 << 20;

  private final HttpPost http;

  OtlpLogs(Target target, InstantSource clock) throws IOException {
    http = new HttpPost(target, url(target), clock);
  }

  /** The address of logs: {@code /v1/logs} where the URL has no path of its own. */
  static String url(Target target) {
    String path = target.uri().getRawPath();
    return path.isEmpty() || path.equals("/")
        ? target.place() + "/v1/logs"
        : target.uri().toString();
  }

  @Override
  public Body body(List<StoredAlert> alerts) {
    StringBuilder records = new StringBuilder(1 << 16);
    int count = 0;
    while (count < alerts.size() && records.length() < ENOUGH) {
      records.append(count == 0 ? "" : ",").append(OtlpRecord.of(alerts.get(count++).alert()));
    }
    return new Body(OtlpRecord.request(records).getBytes(StandardCharsets.UTF_8), count);
  }

  @Override
  public Receipt send(Body body) throws IOException {
    Answer answer = http.post(body.bytes(), "application/json");
    answer.judgeRequest();
    JsonNode partial = json(answer).path("partialSuccess");
    if (partial.path("rejectedLogRecords").asLong() > 0) {
      throw new RefusedException(
          answer.place()
              + " rejected a log record: "
              + Answer.shown(partial.path("errorMessage").asText()));
    }
    return Receipt.all(body.count());
  }

  private static JsonNode json(Answer answer) throws IOException {
    try {
      JsonNode json = JSON.readTree(answer.text());
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw new IOException(
        answer.place() + " gave no answer of OTLP; it said " + Answer.shown(answer.text()));
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
