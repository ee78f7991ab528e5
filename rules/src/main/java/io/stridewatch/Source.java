package io.stridewatch;

import java.util.Locale;

/** Where a record comes from. The order is that of ties in event time. */
public enum Source {
  DOCKER,
  AUDITD,
  KUBERNETES,
  PIPELINE,
  POSTURE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word that alerts, headers and settings use, such as {@code docker}. */
  public String label() {
    return label;
  }

  /**
   * The source of that label.
   *
   * @throws IllegalArgumentException that lists the labels, when there is none such
   */
  public static Source of(String label) {
    for (Source source : values()) {
      if (source.label.equals(label)) {
        return source;
      }
    }
    throw new IllegalArgumentException(
        "no source is called '" + label + "': use docker, auditd, kubernetes, pipeline or posture");
  }
}
