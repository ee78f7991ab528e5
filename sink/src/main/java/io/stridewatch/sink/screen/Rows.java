package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.sink.Repeated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The alerts that are kept, told as stories, a row each: a repeated one is counted in its row.
 * Where that row is not seen, it comes as the newest one, as {@code tail} has it.
 */
final class Rows {
  private final Recent recent = new Recent();
  private final Predicate<Alert> hiding;
  private final Map<Repeated.Key, Repeated> stories = new LinkedHashMap<>();
  private final Cursor<Repeated.Key> cursor = new Cursor<>();
  private Predicate<Alert> filter = alert -> true;
  private Set<Repeated.Key> seen = Set.of();
  private boolean withHidden;
  private long alerts;
  private long hidden;

  Rows(Predicate<Alert> hiding) {
    this.hiding = hiding;
  }

  /** One more. */
  void add(Alert alert) {
    recent.add(alert, this::forget);
    tell(alert);
  }

  private void forget(Alert alert) {
    Repeated.Key key = Repeated.Key.of(alert);
    Repeated story = stories.get(key);
    if (story != null && story.newest() == alert) {
      stories.remove(key);
    }
  }

  private void tell(Alert alert) {
    if (!filter.test(alert)) {
      return;
    }
    if (!withHidden && hiding.test(alert)) {
      hidden++;
      return;
    }
    alerts++;
    Repeated.Key key = Repeated.Key.of(alert);
    Repeated story = stories.get(key);
    if (story == null) {
      stories.put(key, new Repeated(alert));
      return;
    }
    story.add(alert);
    if (!seen.contains(key)) {
      stories.remove(key);
      stories.put(key, story);
    }
  }

  /** Shows those alone that it wants. */
  void filter(Predicate<Alert> wanted) {
    filter = wanted;
    tellAgain();
  }

  /** Silences and baselines may hide others by now. */
  void tellAgain() {
    stories.clear();
    alerts = 0;
    hidden = 0;
    recent.alerts().forEach(this::tell);
  }

  /** Shows those too that silences and baselines hide, or no more. */
  void toggleHidden() {
    withHidden = !withHidden;
    tellAgain();
  }

  void press(Key key, int page) {
    cursor.press(key, keys(), page);
  }

  private List<Repeated.Key> keys() {
    return new ArrayList<>(stories.keySet());
  }

  /** The story whose row is chosen; null where there is none. */
  Repeated chosen() {
    Repeated.Key key = cursor.chosen(keys());
    return key == null ? null : stories.get(key);
  }

  /** The rows that fit. */
  Cursor.Window<Repeated> window(int height) {
    Cursor.Window<Repeated.Key> window = cursor.window(keys(), height);
    seen = Set.copyOf(window.rows());
    return new Cursor.Window<>(window.rows().stream().map(stories::get).toList(), window.chosen());
  }

  Recent recent() {
    return recent;
  }

  int stories() {
    return stories.size();
  }

  /** Alerts of all rows. */
  long alerts() {
    return alerts;
  }

  /** Alerts that silences and baselines hide. */
  long hidden() {
    return hidden;
  }
}
