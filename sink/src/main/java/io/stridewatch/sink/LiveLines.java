package io.stridewatch.sink;

import io.stridewatch.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Alerts on a terminal, one row each. A repeated one is not told again: its row is written anew
 * where it stands, with how often and since when; where that has scrolled away, it comes as the
 * newest row. Nothing else of the screen is touched, so what scrolls away stays readable.
 *
 * <p>Rows are found by counting them upwards from the cursor. Whatever else may have moved it, a
 * changed size or {@link #disturbed}, makes all rows history: a row written at a wrong place would
 * be a lie, a row told twice is none.
 *
 * <p>One thread, but for {@link #disturbed}. It keeps the newest 4,096 stories.
 */
public final class LiveLines {
  private static final int MOST = 4096;

  private final Consumer<String> out;
  private final Supplier<Terminal> terminal;
  private final Map<Repeated.Key, Repeated> stories =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Repeated.Key, Repeated> eldest) {
          return size() > MOST;
        }
      };

  /** What came since the last {@link #flush}, in the order in which it came. */
  private final Map<Repeated.Key, Repeated> changed = new LinkedHashMap<>();

  /** The rows above the cursor that are ours, the lowest last; null where it is no story. */
  private final List<Repeated.Key> rows = new ArrayList<>();

  private Terminal size;
  private String day = "";
  private volatile boolean disturbed;

  /**
   * Nothing is written yet.
   *
   * @param out takes what is written, at once
   * @param terminal asked for its size before each writing
   */
  public LiveLines(Consumer<String> out, Supplier<Terminal> terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Takes an alert; {@link #flush} shows it. */
  public void accept(Alert alert) {
    Repeated.Key key = Repeated.Key.of(alert);
    Repeated story = stories.get(key);
    if (story == null) {
      story = new Repeated(alert);
      stories.put(key, story);
    } else {
      story.add(alert);
    }
    changed.put(key, story);
  }

  /** Something else may have moved the cursor. */
  public void disturbed() {
    disturbed = true;
  }

  /** Writes what came since the last time. */
  public void flush() {
    if (changed.isEmpty()) {
      return;
    }
    measure();
    AlertLine form = new AlertLine(size);
    StringBuilder text = new StringBuilder();
    changed.forEach((key, story) -> write(text, key, story, form));
    changed.clear();
    out.accept(text.toString());
  }

  private void measure() {
    Terminal now = terminal.get();
    if (disturbed || !now.equals(size)) {
      disturbed = false;
      rows.clear();
    }
    size = now;
  }

  private void write(StringBuilder text, Repeated.Key key, Repeated story, AlertLine form) {
    int row = rows.lastIndexOf(key);
    if (row < 0) {
      day(text, story.newest());
      text.append('\r').append(form.text(story)).append("\u001b[K\n");
      below(key);
      return;
    }
    int up = rows.size() - row;
    text.append("\u001b[").append(up).append("A\r").append(form.text(story));
    text.append("\u001b[K\u001b[").append(up).append("B\r");
  }

  /** Rows have the time alone, so a row of its own says when the day is another. */
  private void day(StringBuilder text, Alert alert) {
    String now = AlertLine.day(alert.time());
    if (!now.equals(day)) {
      day = now;
      text.append("\r").append(new Paint(size.colour()).faint(now)).append("\u001b[K\n");
      below(null);
    }
  }

  private void below(Repeated.Key key) {
    rows.add(key);
    if (rows.size() > Math.max(1, size.rows() - 1)) {
      rows.remove(0);
    }
  }
}
