package io.stridewatch.sink.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;

/** What Splunk's HTTP Event Collector answers (Splunk, Troubleshoot HTTP Event Collector). */
record HecAnswer(Answer http, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Of the codes that come with status 400 those that are about events: no data, invalid data, no
   * event field, a blank one, faulty indexed fields. The others are about the set-up.
   */
  private static final Set<Integer> ABOUT_EVENTS = Set.of(5, 6, 12, 13, 15);

  private static final int TOO_LARGE = 413;

  static HecAnswer of(Answer http) {
    try {
      JsonNode json = JSON.readTree(http.text());
      return new HecAnswer(http, json == null ? JSON.createObjectNode() : json);
    } catch (JsonProcessingException e) {
      return new HecAnswer(http, JSON.createObjectNode());
    }
  }

  /**
   * Returns when the events were taken.
   *
   * @throws IOException when they may be later, or when no collector answered
   * @throws RefusedException when it is about the events
   */
  void judge() throws IOException {
    boolean events = http.status() == 400 && ABOUT_EVENTS.contains(json.path("code").asInt(-1));
    if (events || http.status() == TOO_LARGE) {
      throw new RefusedException(http.told());
    }
    if (http.status() / 100 != 2) {
      throw new IOException(http.told());
    }
    if (json.path("code").asInt(-1) != 0) {
      throw new IOException(
          http.place()
              + " gave no answer of an HTTP Event Collector; it said "
              + Answer.shown(http.text()));
    }
  }

  /** What the events' indexing is asked for by; -1 where the token acknowledges none. */
  long acknowledgement() {
    return json.path("ackId").asLong(-1);
  }

  /** Whether they are indexed. */
  boolean acknowledged(long number) {
    return json.path("acks").path(Long.toString(number)).asBoolean();
  }
}
