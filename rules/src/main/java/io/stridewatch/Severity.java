package io.stridewatch;

import java.util.Locale;

/** How bad an alert is, worst first. Sigma's {@code informational} is {@link #INFO}. */
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  INFO;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word that alerts and settings use. */
  public String label() {
    return label;
  }

  /** Whether this is as bad as {@code other}, or worse. */
  public boolean atLeast(Severity other) {
    return compareTo(other) <= 0;
  }

  /**
   * The severity of that label; {@code informational} is taken too.
   *
   * @throws IllegalArgumentException that lists the labels, when there is none such
   */
  public static Severity of(String label) {
    if (label.equals("informational")) {
      return INFO;
    }
    for (Severity severity : values()) {
      if (severity.label.equals(label)) {
        return severity;
      }
    }
    throw new IllegalArgumentException(
        "no severity is called '" + label + "': use critical, high, medium, low or info");
  }
}
