package io.stridewatch.collector.kubernetes;

import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Gap;
import io.stridewatch.event.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Notices when nobody renews a lease. Every component of a cluster does so each 2 to 10 s whatever
 * else happens, so half a minute without, where there were many before, is a time in which the API
 * server did not run, or did not audit. Where a policy leaves leases out nothing is known. Any
 * thread; at most 1,000 clusters.
 */
final class Leases {
  private static final long SILENCE_SECONDS = 30;
  private static final int REGULAR = 4;
  private static final int CLUSTERS = 1000;
  private static final int MOST = 10_000;

  /** No second in which a cluster ran. */
  private static final long NONE = 0;

  /** The path of a request stands near the beginning of its event. */
  private static final int HEAD = 1024;

  private static final byte[] PATH = "/leases".getBytes(StandardCharsets.US_ASCII);

  private final long lateness;
  private final Map<String, Renewals> clusters = new HashMap<>();

  /**
   * @param lateness how much later than others an event may come
   */
  Leases(Duration lateness) {
    this.lateness = lateness.toSeconds();
  }

  /** Takes note of an event that was kept. */
  synchronized void seen(SourceRecord event) {
    if (!isLease(event.value())) {
      return;
    }
    Renewals renewals = clusters.get(event.scope());
    if (renewals == null && clusters.size() < CLUSTERS) {
      renewals = new Renewals();
      clusters.put(event.scope(), renewals);
    }
    if (renewals != null) {
      renewals.add(event.time().getEpochSecond());
    }
  }

  private static boolean isLease(byte[] event) {
    int end = Math.min(event.length, HEAD) - PATH.length + 1;
    for (int from = slash(event, 0, end); from < end; from = slash(event, from + 1, end)) {
      int same = 1;
      while (same < PATH.length && event[from + same] == PATH[same]) {
        same++;
      }
      if (same == PATH.length) {
        return true;
      }
    }
    return false;
  }

  private static int slash(byte[] event, int from, int to) {
    return ByteSearch.indexOf((byte) '/', event, from, to);
  }

  /** What was found out about a cluster, of which all is known up to then but for the lateness. */
  synchronized List<Gap> gaps(String cluster, Instant upTo) {
    Renewals renewals = clusters.get(cluster);
    return renewals == null ? List.of() : renewals.gaps(upTo.getEpochSecond() - lateness);
  }

  /** The clusters that were met. */
  synchronized List<String> clusters() {
    return List.copyOf(clusters.keySet());
  }

  /** The seconds in which leases of one cluster were renewed, as far back as still matters. */
  private static final class Renewals {
    private final TreeSet<Long> seconds = new TreeSet<>();
    private long checked = NONE;
    private long told = NONE;

    void add(long second) {
      if (second >= checked - SILENCE_SECONDS && seconds.size() < MOST) {
        seconds.add(second);
      }
    }

    List<Gap> gaps(long upTo) {
      List<Gap> gaps = new ArrayList<>();
      for (Long next = seconds.higher(checked); next != null && next <= upTo; ) {
        silence(next, gaps);
        checked = next;
        next = seconds.higher(next);
      }
      Long coming = seconds.higher(checked);
      if (told <= checked && (coming == null || coming > upTo)) {
        silence(upTo, gaps);
      }
      seconds.headSet(checked - SILENCE_SECONDS).clear();
      return gaps;
    }

    /** From the last renewal to then; once when it is too long, and its rest when it ends. */
    private void silence(long to, List<Gap> gaps) {
      if (checked == NONE || to - checked <= SILENCE_SECONDS || !regular()) {
        return;
      }
      long from = Math.max(checked, told);
      gaps.add(
          new Gap(
              "kubernetes",
              Instant.ofEpochSecond(from),
              Instant.ofEpochSecond(to),
              0,
              "no lease was renewed: the API server did not run, or did not audit"));
      told = to;
    }

    private boolean regular() {
      return seconds.subSet(checked - SILENCE_SECONDS, true, checked, true).size() >= REGULAR;
    }
  }
}
