package io.stridewatch.rule;

import java.util.Locale;

/** Whether a rule fires at once or remembers. */
public enum Lane {
  /** About one event: fires at once. */
  EVENT,
  /** About several: sees them in event-time order, behind the watermark. */
  MEMORY;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word that {@code rules list} uses. */
  public String label() {
    return label;
  }
}
