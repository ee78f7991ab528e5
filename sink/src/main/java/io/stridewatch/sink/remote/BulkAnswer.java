package io.stridewatch.sink.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the bulk API says of one document that it was given. */
record BulkAnswer(String place, int status, String type, String reason) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONFLICT = 409;

  /**
   * Reads what is said of each, in their order.
   *
   * @throws IOException when it is no bulk answer about so many documents: it may be from something
   *     in between
   */
  static List<BulkAnswer> of(Answer answer, int count) throws IOException {
    JsonNode items = json(answer).path("items");
    if (items.size() != count) {
      throw strange(answer);
    }
    List<BulkAnswer> answers = new ArrayList<>(count);
    for (JsonNode each : items) {
      JsonNode item = each.path("create");
      if (!item.path("status").isInt()) {
        throw strange(answer);
      }
      JsonNode error = item.path("error");
      answers.add(
          new BulkAnswer(
              answer.place(),
              item.path("status").intValue(),
              error.path("type").asText(""),
              error.path("reason").asText("")));
    }
    return answers;
  }

  private static JsonNode json(Answer answer) throws IOException {
    try {
      JsonNode json = JSON.readTree(answer.text());
      return json == null ? JSON.createObjectNode() : json;
    } catch (JsonProcessingException e) {
      throw strange(answer);
    }
  }

  private static IOException strange(Answer answer) {
    return new IOException(
        answer.place()
            + " gave no bulk answer: name Elasticsearch's or OpenSearch's own address; it said "
            + Answer.shown(answer.text()));
  }

  /**
   * Returns when the document is there, from now or from an earlier try.
   *
   * @throws IOException when the index can't take it now: full, busy, closed to us, missing
   * @throws RefusedException when the document doesn't fit the index
   */
  void judge() throws IOException {
    if (status / 100 == 2 || status == CONFLICT) {
      return;
    }
    String told = place + " answered " + status + " " + Answer.shown(type + ": " + reason);
    if (status / 100 == 4 && status != 401 && status != 403 && status != 404 && status != 429) {
      throw new RefusedException(told);
    }
    throw new IOException(told);
  }
}
