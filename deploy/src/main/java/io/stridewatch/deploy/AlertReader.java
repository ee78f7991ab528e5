package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.stream.AlertTail;
import java.util.function.Predicate;

/** Shows those alerts of a tail that are wanted; of those that are there, maybe the last only. */
final class AlertReader implements AlertTail.Reader {
  private final Predicate<Alert> wanted;
  private final LastAlerts kept;
  private final AlertScreen screen;

  /**
   * Nothing is shown yet.
   *
   * @param last how many of those that are there; null for all
   */
  AlertReader(Predicate<Alert> wanted, Integer last, AlertScreen screen) {
    this.wanted = wanted;
    this.kept = new LastAlerts(last, screen::show);
    this.screen = screen;
  }

  @Override
  public void alert(Alert alert) {
    if (wanted.test(alert)) {
      kept.accept(alert);
    }
  }

  @Override
  public void settled() {
    screen.settle();
  }

  @Override
  public void caughtUp() {
    kept.go();
    screen.settle();
  }
}
