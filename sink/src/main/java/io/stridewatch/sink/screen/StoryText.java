package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.Times;
import io.stridewatch.sink.Paint;
import io.stridewatch.sink.Repeated;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.WholeAlert;
import io.stridewatch.sink.view.Remark;
import io.stridewatch.sink.view.Views;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An alert that was opened: what people said of it, how often it came, and all of it. */
final class StoryText {
  private final Repeated story;
  private final Alert alert;
  private final Views views;

  /** All of it as it was made for a terminal of this size; it does not change. */
  private List<String> whole = List.of();

  private Terminal madeFor;

  /**
   * Of an alert.
   *
   * @param story null where it is looked at alone
   */
  StoryText(Alert alert, Repeated story, Views views) {
    this.alert = alert;
    this.story = story;
    this.views = views;
  }

  List<String> lines(Terminal size, Instant now) {
    List<String> lines = new ArrayList<>();
    Paint paint = new Paint(size.colour());
    views.remarks(alert.id()).stream().map(Remark::told).map(paint::bold).forEach(lines::add);
    views
        .hiding(alert, now)
        .ifPresent(silence -> lines.add(paint.bold("silenced " + silence.told())));
    views
        .ordinary(alert)
        .ifPresent(baseline -> lines.add(paint.bold("ordinary " + baseline.told())));
    if (story != null && story.times() > 1) {
      lines.add(paint.bold(often()));
    }
    if (!size.equals(madeFor)) {
      whole = new WholeAlert(size).text(alert).lines().toList();
      madeFor = size;
    }
    lines.addAll(whole);
    return lines;
  }

  private String often() {
    return "%d times since %s, in %s; this is the newest"
        .formatted(
            story.times(), Times.seconds(story.first()), Counted.of(story.scopes(), "scope"));
  }
}
