package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.sink.view.Silence;
import io.stridewatch.sink.view.Views;
import io.stridewatch.stream.AlertTail;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Shows those alerts of a tail that are wanted; of those that are there, maybe the last only. What
 * silences hide is counted, and said.
 */
final class AlertReader implements AlertTail.Reader {
  private final Predicate<Alert> wanted;
  private final Silenced silenced;
  private final LastAlerts kept;
  private final AlertScreen screen;
  private final PrintWriter err;
  private final InstantSource clock;
  private final Views views = new Views();
  private final Set<String> told = new HashSet<>();
  private long hidden;
  private boolean caughtUp;

  /** What becomes of alerts that somebody silenced. */
  enum Silenced {
    HIDDEN,
    SHOWN,
    ALONE
  }

  /**
   * Nothing is shown yet.
   *
   * @param last how many of those that are there; null for all
   * @param err takes what is said of those that are hidden
   */
  AlertReader(
      Predicate<Alert> wanted,
      Silenced silenced,
      Integer last,
      AlertScreen screen,
      PrintWriter err,
      InstantSource clock) {
    this.wanted = wanted;
    this.silenced = silenced;
    this.kept = new LastAlerts(last, screen::show);
    this.screen = screen;
    this.err = err;
    this.clock = clock;
  }

  @Override
  public void view(String key, String line) {
    views.accept(key, line);
  }

  @Override
  public void alert(Alert alert) {
    if (!wanted.test(alert)) {
      return;
    }
    Optional<Silence> hiding =
        silenced == Silenced.SHOWN ? Optional.empty() : views.hiding(alert, clock.instant());
    if (hiding.isPresent() && silenced == Silenced.HIDDEN) {
      hide(hiding.get());
    } else if (hiding.isPresent() || silenced != Silenced.ALONE) {
      kept.accept(alert);
    }
  }

  /** Each silence is named once, when it first hides something that came just now. */
  private void hide(Silence silence) {
    hidden++;
    if (told.add(silence.id()) && caughtUp) {
      err.println("stridewatch: silenced from now on, --silenced shows them: " + silence.told());
    }
  }

  @Override
  public void settled() {
    screen.settle();
  }

  @Override
  public void caughtUp() {
    caughtUp = true;
    kept.go();
    screen.settle();
    if (hidden > 0) {
      err.println("stridewatch: silences hide " + hidden + " more, --silenced shows them");
    }
  }
}
