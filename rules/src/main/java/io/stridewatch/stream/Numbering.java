package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the numbers of one collector's incarnation tell: how far they go, which are missing. A
 * number that comes late closes its gap; one that comes again is a repeat.
 */
final class Numbering {
  /** Gaps that can still close; the numbers of an older one stay missing. */
  private static final int GAPS = 64;

  private long last;

  /** First missing number to last missing number. */
  private final TreeMap<Long, Long> gaps = new TreeMap<>();

  /** What a number changes in the sums. */
  record Change(long missing, long repeated) {
    static final Change NONE = new Change(0, 0);
    static final Change REPEAT = new Change(0, 1);
  }

  /** Takes the next number. */
  Change take(long number) {
    if (number == last + 1) {
      last = number;
      return Change.NONE;
    }
    return number > last ? skip(number) : fill(number);
  }

  private Change skip(long number) {
    long missing = number - last - 1;
    gaps.put(last + 1, number - 1);
    if (gaps.size() > GAPS) {
      gaps.pollFirstEntry();
    }
    last = number;
    return new Change(missing, 0);
  }

  private Change fill(long number) {
    Map.Entry<Long, Long> gap = gaps.floorEntry(number);
    if (gap == null || gap.getValue() < number) {
      return Change.REPEAT;
    }
    gaps.remove(gap.getKey());
    if (gap.getKey() < number) {
      gaps.put(gap.getKey(), number - 1);
    }
    if (number < gap.getValue()) {
      gaps.put(number + 1, gap.getValue());
    }
    return new Change(-1, 0);
  }

  /** Its collector says that numbers up to this one were given out. */
  Change upTo(long number) {
    if (number <= last) {
      return Change.NONE;
    }
    Change change = skip(number + 1);
    last = number;
    return change;
  }

  long last() {
    return last;
  }

  /** {@code [last, first missing, last missing, ...]}. */
  void write(JsonLine json) {
    json.open('[').number(last);
    gaps.forEach((from, to) -> json.number(from).number(to));
    json.close(']');
  }

  static Numbering read(JsonNode json) {
    Numbering numbering = new Numbering();
    numbering.last = json.path(0).asLong();
    for (int i = 1; i + 1 < json.size(); i += 2) {
      numbering.gaps.put(json.get(i).asLong(), json.get(i + 1).asLong());
    }
    return numbering;
  }

  /** The newest incarnations of a row's collectors; older ones are forgotten. */
  static final class Newest extends LinkedHashMap<String, Numbering> {
    private static final long serialVersionUID = 1;
    private static final int KEPT = 8;

    Newest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Numbering> eldest) {
      return size() > KEPT;
    }
  }
}
