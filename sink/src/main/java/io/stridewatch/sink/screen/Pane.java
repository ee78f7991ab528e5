package io.stridewatch.sink.screen;

import io.stridewatch.Alert;

/** What lies over the list until it is left. */
sealed interface Pane permits TextPane, TimelinePane {
  /** What it is, in a few words. */
  String title();

  /** Moves in it. */
  void press(Key key, int page);

  /** The alert that is looked at; null where there is none. */
  Alert alert();
}
