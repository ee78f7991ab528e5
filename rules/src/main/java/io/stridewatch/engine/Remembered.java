package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;

/**
 * What a rule with memory knows of one group beyond the records in its window: it depends on
 * records that left long ago, so it is written down and taken back.
 */
public sealed interface Remembered permits Tally, Chain {

  /** Writes the members of an object. */
  void write(JsonLine json);

  /** Takes them back, once the window has its records again. */
  void restore(JsonNode state, Recalled recalled);
}
