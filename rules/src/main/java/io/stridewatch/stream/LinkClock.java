package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import io.stridewatch.Links;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The time of the second stage of one partition: the least of what the owners of all partitions
 * said of theirs. A partition that holds events and has not spoken holds it back, and so does a
 * scope that is late; but one whose records all arrive an hour after they happened, or later, only
 * where there are no others. One thread.
 */
final class LinkClock {
  /** What the keys of what it writes begin with. */
  static final String KEY = "mark/";

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Set<Integer> awaited = new TreeSet<>();
  private final Map<Integer, Mark> marks = new TreeMap<>();
  private final Set<Integer> changed = new TreeSet<>();

  /**
   * Up to where the scopes of one partition have nothing more for the second stage.
   *
   * @param live of those whose records arrive as they happen; null when there are none
   * @param old of the others; null when there are none
   */
  record Mark(Instant live, Instant old) {

    static Mark of(Links links, Predicate<String> live) {
      return new Mark(links.mark(live), links.mark(live.negate()));
    }

    byte[] written() {
      JsonLine json = new JsonLine().open('{').key("format").number(FORMAT);
      return Envelope.bytes(time(time(json, "live", live), "old", old).close('}').toString());
    }

    private static JsonLine time(JsonLine json, String key, Instant time) {
      return time == null ? json : json.key(key).text(Times.text(time));
    }

    /**
     * @throws UnreadableRecordException when it is none
     */
    static Mark read(byte[] value) {
      try {
        JsonNode json = JSON.readTree(value);
        if (json.path("format").asInt() != FORMAT) {
          throw new UnreadableRecordException("no time of a partition: its format is unknown");
        }
        return new Mark(time(json.path("live")), time(json.path("old")));
      } catch (IOException | java.time.DateTimeException e) {
        throw new UnreadableRecordException("no time of a partition: not what we write");
      }
    }

    private static Instant time(JsonNode text) {
      return text.isMissingNode() ? null : Times.instant(text.asText());
    }
  }

  /** These partitions hold events: each is to speak before any time is known. */
  void await(Collection<Integer> partitions) {
    awaited.addAll(partitions);
  }

  /** The owner of a partition spoke. */
  void take(int partition, Mark mark) {
    if (!mark.equals(marks.put(partition, mark))) {
      changed.add(partition);
    }
  }

  /** Null while it is not known. */
  Instant time() {
    if (!marks.keySet().containsAll(awaited)) {
      return null;
    }
    Instant live = least(marks.values().stream().map(Mark::live).toList());
    return live == null ? least(marks.values().stream().map(Mark::old).toList()) : live;
  }

  private static Instant least(Collection<Instant> times) {
    return times.stream().filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
  }

  /** Gives what has changed since the last time. */
  void changes(BiConsumer<String, byte[]> log) {
    changed.forEach(partition -> log.accept(KEY + partition, marks.get(partition).written()));
    changed.clear();
  }

  /** Takes it back. */
  void restore(String key, byte[] written) {
    marks.put(partition(key), Mark.read(written));
  }

  /** The partition that a key names. */
  static int partition(String key) {
    try {
      return Integer.parseInt(key.substring(KEY.length()));
    } catch (NumberFormatException e) {
      throw new UnreadableRecordException("no time of a partition: its key names none");
    }
  }
}
