package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.Hidden;
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
 * silences and baselines hide is counted, and said.
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
  private long ordinary;
  private boolean caughtUp;

  /** What becomes of alerts that are hidden. */
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
    Optional<Hidden> hiding =
        silenced == Silenced.SHOWN ? Optional.empty() : views.hidden(alert, clock.instant());
    if (hiding.isPresent() && silenced == Silenced.HIDDEN) {
      hide(alert, hiding.get());
    } else if (hiding.isPresent() || silenced != Silenced.ALONE) {
      kept.accept(alert);
    }
  }

  /** Each silence is named once, when it first hides something that came just now. */
  private void hide(Alert alert, Hidden why) {
    if (why == Hidden.ORDINARY) {
      ordinary++;
      views.ordinary(alert).ifPresent(one -> tell(one.id(), "ordinary", one.told()));
    } else {
      hidden++;
      views.hiding(alert, clock.instant()).ifPresent(one -> tell(one.id(), "silenced", one.told()));
    }
  }

  private void tell(String id, String what, String which) {
    if (told.add(id) && caughtUp) {
      err.println("stridewatch: " + what + " from now on, --silenced shows them: " + which);
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
    if (ordinary > 0) {
      err.println("stridewatch: baselines hide " + ordinary + " more, --silenced shows them");
    }
  }
}
