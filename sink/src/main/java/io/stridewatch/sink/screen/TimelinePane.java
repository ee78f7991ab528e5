package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The alerts of one actor in one scope, oldest first, and the incidents that they are part of. */
final class TimelinePane implements Pane {
  private static final Comparator<Alert> BY_TIME =
      Comparator.comparing(Alert::time).thenComparing(Alert::id);

  private final List<Alert> alerts;
  private final String title;
  private final Cursor<Alert> cursor = new Cursor<>();

  /**
   * That of an alert's actor.
   *
   * @param alert has an actor
   */
  TimelinePane(Alert alert, Collection<Alert> kept) {
    String actor = alert.actor().get("name");
    alerts =
        kept.stream()
            .filter(
                other ->
                    other.actor() != null
                        && actor.equals(other.actor().get("name"))
                        && other.scope().equals(alert.scope()))
            .sorted(BY_TIME)
            .toList();
    title = actor + " on " + alert.scope();
    cursor.choose(alert);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public void press(Key key, int page) {
    cursor.press(key, alerts, page);
  }

  @Override
  public Alert alert() {
    return cursor.chosen(alerts);
  }

  /** The one that the chosen alert is part of. */
  Incident incident() {
    return Incident.around(alert(), alerts);
  }

  /** The rows that fit. */
  Cursor.Window<Alert> window(int height) {
    return cursor.window(alerts, height);
  }
}
