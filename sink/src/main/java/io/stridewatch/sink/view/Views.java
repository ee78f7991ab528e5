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

  /**
   * Takes what was written under a key.
   *
   * @param line null where it was taken back
   */
  public void accept(String key, String line) {
    if (line == null) {
      silences.remove(key);
      remarks.remove(key);
      return;
    }
    if (silences.size() + remarks.size() >= MOST) {
      LOG.warn("what was said of alerts is too much to keep: key={} most={}", quoted(key), MOST);
      return;
    }
    try {
      View view = View.read(line);
      if (view instanceof Silence silence) {
        silences.put(key, silence);
      } else if (view instanceof Remark remark) {
        remarks.put(key, remark);
      }
    } catch (IOException e) {
      LOG.warn(
          "what was said of alerts can't be read: key={} reason={}",
          quoted(key),
          quoted(e.getMessage()));
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
    return !silences.isEmpty();
  }

  /** Why people and sinks are not told the alert at that time. */
  public Optional<Hidden> hidden(Alert alert, Instant now) {
    return hiding(alert, now).map(silence -> Hidden.SILENCED);
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
