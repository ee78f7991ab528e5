package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.RuleEngine;
import java.time.Duration;

/** Makes the engine of a partition. Called by many threads. */
public interface Engines {

  /** A fresh engine, used by one thread, closed by it. */
  RuleEngine engine();

  /**
   * Tells an engine of an alert that was raised before it was made, so that it does not repeat it.
   */
  void remember(RuleEngine engine, Alert alert);

  /**
   * How far back its rules look: an engine that saw that much is as good as one that never died.
   */
  Duration horizon();
}
