package io.stridewatch.sink.screen;

import io.stridewatch.sink.view.Remark;

/** What the screen can't do itself. */
public sealed interface Request {
  /** To the clipboard with it. */
  record Copy(String text) implements Request {}

  /** Say this of an alert. */
  record Say(Remark.Kind kind, String alert, String text) implements Request {}

  /** What would it have hidden in the last day? {@link Browser#preview} is told. */
  record Preview(Draft draft) implements Request {}

  /** Set it. */
  record Set(Draft draft) implements Request {}
}
