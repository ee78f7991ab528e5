package io.stridewatch.sink.view;

import io.stridewatch.Alert;
import io.stridewatch.Hidden;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people said, as it stands. One thread gives it lines as they come, any may ask. It keeps the
 * newest of each key, 100,000 at most; a line that can't be read hides nothing and is logged.
 */
public final class Views {
  private static final Logger LOG = LoggerFactory.getLogger(Views.class);
  private static final int MOST = 100_000;
  private static final Comparator<Silence> BY_END =
      Comparator.comparing(Silence::until).thenComparing(Silence::id);

  private final Map<String, Silence> silences = new ConcurrentHashMap<>();
  private final Map<String, Remark> remarks = new ConcurrentHashMap<>();
  private final Map<String, Baseline> baselines = new ConcurrentHashMap<>();
  private final Map<String, Ordinary> ordinary = new ConcurrentHashMap<>();
  private final Map<String, Learned> learned = new ConcurrentHashMap<>();

  /**
   * Takes what was written under a key.
   *
   * @param line null where it was taken back
   */
  public void accept(String key, String line) {
    if (line == null) {
      all().forEach(map -> map.remove(key));
      return;
    }
    if (all().mapToInt(Map::size).sum() >= MOST) {
      LOG.warn("what was said of alerts is too much to keep: key={} most={}", quoted(key), MOST);
      return;
    }
    try {
      put(key, View.read(line));
    } catch (IOException e) {
      LOG.warn(
          "what was said of alerts can't be read: key={} reason={}",
          quoted(key),
          quoted(e.getMessage()));
    }
  }

  private Stream<Map<String, ?>> all() {
    return Stream.of(silences, remarks, baselines, ordinary, learned);
  }

  private void put(String key, View view) {
    if (view instanceof Silence silence) {
      silences.put(key, silence);
    } else if (view instanceof Remark remark) {
      remarks.put(key, remark);
    } else if (view instanceof Baseline baseline) {
      baselines.put(key, baseline);
    } else if (view instanceof Ordinary entry) {
      ordinary.put(key, entry);
    } else if (view instanceof Learned sum) {
      learned.put(key, sum);
    }
  }

  /** Keys and lines may be anybody's: on one line, without what could move a cursor. */
  private static String quoted(String text) {
    return new JsonLine().text(text.replaceAll("\\s+", " ")).toString();
  }

  /** The silence that hides the alert at that time; of several the one that lasts longest. */
  public Optional<Silence> hiding(Alert alert, Instant now) {
    return silences.values().stream()
        .filter(silence -> silence.holds(now) && silence.matches(alert))
        .max(BY_END);
  }

  /** Whether anything may hide an alert. */
  public boolean hiding() {
    return !silences.isEmpty() || !baselines.isEmpty() && !ordinary.isEmpty();
  }

  /** Why people and sinks are not told the alert at that time; a silence before a baseline. */
  public Optional<Hidden> hidden(Alert alert, Instant now) {
    if (hiding(alert, now).isPresent()) {
      return Optional.of(Hidden.SILENCED);
    }
    return ordinary(alert).map(baseline -> Hidden.ORDINARY);
  }

  /** The baseline that hides the alert since it is ordinary there; the alert's own time decides. */
  public Optional<Baseline> ordinary(Alert alert) {
    return baselines.values().stream()
        .filter(baseline -> baseline.hides(alert) && listed(baseline, alert))
        .min(Comparator.comparing(Baseline::id));
  }

  private boolean listed(Baseline baseline, Alert alert) {
    String key = Ordinary.key(baseline.id(), alert.scope(), baseline.values(alert));
    Ordinary entry = ordinary.get(key);
    return entry != null && !entry.removed();
  }

  /** All that are known, by when they end. */
  public List<Baseline> baselines() {
    return baselines.values().stream()
        .sorted(Comparator.comparing(Baseline::until).thenComparing(Baseline::id))
        .toList();
  }

  /** A baseline's list, those that were taken off it too, by scope and values. */
  public List<Ordinary> ordinary(Baseline baseline) {
    return ordinary.values().stream()
        .filter(entry -> entry.baseline().equals(baseline.id()))
        .sorted(
            Comparator.comparing(Ordinary::scope)
                .thenComparing(entry -> String.join("\0", entry.values())))
        .toList();
  }

  /** Whether such an entry is there, or was and a person took it off. */
  public boolean knows(Ordinary entry) {
    return ordinary.containsKey(entry.key());
  }

  /** In which scopes a baseline has learned, by name. */
  public List<Learned> learned(Baseline baseline) {
    return learned.values().stream()
        .filter(sum -> sum.baseline().equals(baseline.id()) && !sum.everywhere())
        .sorted(Comparator.comparing(Learned::scope))
        .toList();
  }

  /** Whether there is nothing left for a baseline to learn. */
  public boolean done(Baseline baseline) {
    return learned.containsKey(Learned.everywhere(baseline.id()).key());
  }

  /** Whether a baseline has learned in that scope. */
  public boolean learned(Baseline baseline, String scope) {
    return learned.containsKey(Learned.key(baseline.id(), scope));
  }

  /** All that are known, those that are over too, in the order in which they end. */
  public List<Silence> silences() {
    return silences.values().stream().sorted(BY_END).toList();
  }

  /** Whether somebody took it up. */
  public boolean acknowledged(String alert) {
    return remarks.containsKey(Remark.Kind.ACK.label() + "/" + alert);
  }

  /** What was said of an alert, oldest first. */
  public List<Remark> remarks(String alert) {
    return remarks.values().stream()
        .filter(remark -> remark.alert().equals(alert))
        .sorted(Comparator.comparing(Remark::time).thenComparing(Remark::key))
        .toList();
  }
}
