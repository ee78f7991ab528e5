package io.stridewatch.sink;

import io.stridewatch.Alert;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Alerts of one rule, actor and target told as one: how often, since when, on how many hosts. For
 * people only: what the alerts topic and programs get is one alert a match. Not thread-safe.
 */
public final class Repeated {
  private static final int MOST = 1000;

  private final Set<String> scopes = new HashSet<>();
  private Alert newest;
  private long times;
  private Instant first;
  private Instant last;

  /** What makes alerts repetitions of one another. */
  public record Key(String rule, String actor, String target) {
    /** That of an alert. */
    public static Key of(Alert alert) {
      return new Key(alert.rule(), name(alert.actor()), name(alert.target()));
    }

    /** Kind and name; empty for nobody. */
    public static String name(Map<String, String> entity) {
      return entity == null ? "" : entity.get("kind") + " " + entity.get("name");
    }
  }

  /** One that was not repeated yet. */
  public Repeated(Alert alert) {
    newest = alert;
    first = alert.first();
    last = alert.last();
    add(alert);
  }

  /** Once more. */
  public void add(Alert alert) {
    times++;
    first = alert.first().isBefore(first) ? alert.first() : first;
    last = alert.last().isAfter(last) ? alert.last() : last;
    newest = alert.time().isBefore(newest.time()) ? newest : alert;
    if (scopes.size() < MOST) {
      scopes.add(alert.scope());
    }
  }

  /** The alert that came last. */
  public Alert newest() {
    return newest;
  }

  /** How many alerts these are. */
  public long times() {
    return times;
  }

  /** Time of the oldest of their records. */
  public Instant first() {
    return first;
  }

  /** Time of the newest of their records. */
  public Instant last() {
    return last;
  }

  /** On how many hosts and clusters; no more than 1,000 are told apart. */
  public int scopes() {
    return scopes.size();
  }
}
