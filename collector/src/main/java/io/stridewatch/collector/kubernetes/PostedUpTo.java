package io.stridewatch.collector.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each cluster was heard, told from its posts: now, by its own clock, which is behind ours
 * by no more than its fastest post was. What its batching and retries hold back is the lateness
 * that rules allow a webhook. Any thread; at most 1,000 clusters.
 */
final class PostedUpTo {
  private static final int CLUSTERS = 1000;

  private final Map<String, Duration> behind = new HashMap<>();
  private long posts;
  private int underWay;

  synchronized void begun() {
    underWay++;
  }

  synchronized void ended() {
    underWay--;
  }

  /** A post was kept; its newest event is of that time, null when it had none. */
  synchronized void kept(String cluster, Instant newest, Instant now) {
    posts++;
    if (newest == null || behind.size() == CLUSTERS && !behind.containsKey(cluster)) {
      return;
    }
    Duration lag = newest.isAfter(now) ? Duration.ZERO : Duration.between(newest, now);
    behind.merge(cluster, lag, (old, fresh) -> old.compareTo(fresh) < 0 ? old : fresh);
  }

  /** Up to when each cluster was heard; nothing while posts are under way. */
  synchronized Map<String, Instant> upTo(Instant now) {
    Map<String, Instant> upTo = new HashMap<>();
    if (underWay == 0) {
      behind.forEach((cluster, lag) -> upTo.put(cluster, now.minus(lag)));
    }
    return upTo;
  }

  /** What came so far, in words. */
  synchronized String position() {
    return posts + " posts";
  }
}
