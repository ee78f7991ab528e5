package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Hidden;
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
 * @param silenced hidden by a silence of somebody's, never to be told there
 * @param ordinary hidden by a baseline, never to be told there
 * @param digested of the delivered, those that were told in a digest
 * @param memo what whoever gathers its alerts wants to know again after a restart; may be empty
 */
record SinkCount(
    long from,
    long last,
    long delivered,
    long dead,
    long gone,
    long silenced,
    long ordinary,
    long digested,
    String memo) {
  static final SinkCount NONE = new SinkCount(-1, -1, 0, 0, 0, 0, 0, 0, "");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What became of an alert. */
  enum Fate {
    DELIVERED,
    DIGESTED,
    DEAD,
    SILENCED,
    ORDINARY;

    static Fate of(Hidden hidden) {
      return switch (hidden) {
        case SILENCED -> SILENCED;
        case ORDINARY -> ORDINARY;
      };
    }
  }

  /** One more is done with. */
  SinkCount done(long number, Fate fate) {
    boolean first = from < 0;
    long missed = first ? 0 : Math.max(0, number - last - 1);
    return new SinkCount(
        first ? number - 1 : from,
        number,
        delivered + (fate == Fate.DELIVERED || fate == Fate.DIGESTED ? 1 : 0),
        dead + (fate == Fate.DEAD ? 1 : 0),
        gone + missed,
        silenced + (fate == Fate.SILENCED ? 1 : 0),
        ordinary + (fate == Fate.ORDINARY ? 1 : 0),
        digested + (fate == Fate.DIGESTED ? 1 : 0),
        memo);
  }

  /** The same with another memo. */
  SinkCount with(String text) {
    return new SinkCount(from, last, delivered, dead, gone, silenced, ordinary, digested, text);
  }

  /** So many of the dead were told later. */
  SinkCount revived(long count) {
    return new SinkCount(
        from, last, delivered + count, dead - count, gone, silenced, ordinary, digested, memo);
  }

  String text() {
    JsonLine json = new JsonLine().open('{').key("from").number(from).key("last").number(last);
    json.key("delivered").number(delivered).key("dead").number(dead).key("gone").number(gone);
    json.key("silenced").number(silenced).key("digested").number(digested);
    json.key("ordinary").number(ordinary);
    json.key("memo").text(memo);
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
          json.path("gone").asLong(),
          json.path("silenced").asLong(),
          json.path("ordinary").asLong(),
          json.path("digested").asLong(),
          json.path("memo").asText());
    } catch (IOException e) {
      return NONE;
    }
  }
}
