package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import java.io.IOException;

/**
 * What a sink did with the alerts of one partition; committed together with its offset, as that
 * offset's metadata.
 *
 * @param from number of the alert before the first that is for it; -1 until it met one
 * @param last number of the newest that it is done with
 * @param delivered told
 * @param dead set aside, never to be told there
 * @param gone deleted by retention before they could be told
 */
record SinkCount(long from, long last, long delivered, long dead, long gone) {
  static final SinkCount NONE = new SinkCount(-1, -1, 0, 0, 0);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One more was delivered, or set aside. */
  SinkCount done(long number, boolean told) {
    boolean first = from < 0;
    long missed = first ? 0 : Math.max(0, number - last - 1);
    return new SinkCount(
        first ? number - 1 : from,
        number,
        delivered + (told ? 1 : 0),
        dead + (told ? 0 : 1),
        gone + missed);
  }

  /** So many of the dead were told later. */
  SinkCount revived(long count) {
    return new SinkCount(from, last, delivered + count, dead - count, gone);
  }

  String text() {
    JsonLine json = new JsonLine().open('{').key("from").number(from).key("last").number(last);
    json.key("delivered").number(delivered).key("dead").number(dead).key("gone").number(gone);
    return json.close('}').toString();
  }

  static SinkCount read(String text) {
    try {
      JsonNode json = JSON.readTree(text == null || text.isEmpty() ? "{}" : text);
      return new SinkCount(
          json.path("from").asLong(-1),
          json.path("last").asLong(-1),
          json.path("delivered").asLong(),
          json.path("dead").asLong(),
          json.path("gone").asLong());
    } catch (IOException e) {
      return NONE;
    }
  }
}
