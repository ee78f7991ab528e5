package io.stridewatch.deploy.demo;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How recorded times become new ones: the first is the given start, intervals stay as they were,
 * and a pause longer than the longest allowed is cut to that. So order is kept.
 */
final class Pace {
  private final NavigableMap<Long, Long> shifts = new TreeMap<>();

  /** All in nanoseconds; {@code recorded} in any order. */
  Pace(List<Long> recorded, long start, long longestPause) {
    long before = 0;
    long now = start;
    for (long time : recorded.stream().sorted().toList()) {
      now += shifts.isEmpty() ? 0 : Math.min(time - before, longestPause);
      shifts.put(time, now - time);
      before = time;
    }
  }

  /** How much later than recorded the record of that time, or the one before it, is played. */
  long shift(long recorded) {
    var floor = shifts.floorEntry(recorded);
    return floor == null ? shifts.firstEntry().getValue() : floor.getValue();
  }
}
