package io.stridewatch.deploy;

import io.stridewatch.Alert;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Holds alerts back and lets the last so many go; from then on each as it comes. One thread. */
final class LastAlerts {
  private final int most;
  private final Consumer<Alert> reader;
  private final Deque<Alert> held = new ArrayDeque<>();
  private boolean going;

  /**
   * Nothing is held back where no number is given.
   *
   * @param most at least 1, or null
   */
  LastAlerts(Integer most, Consumer<Alert> reader) {
    this.most = most == null ? 0 : most;
    this.reader = reader;
    going = most == null;
  }

  void accept(Alert alert) {
    if (going) {
      reader.accept(alert);
      return;
    }
    held.add(alert);
    if (held.size() > most) {
      held.remove();
    }
  }

  /** Those that were there are all told. */
  void go() {
    going = true;
    held.forEach(reader);
    held.clear();
  }
}
