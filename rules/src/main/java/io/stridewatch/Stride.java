package io.stridewatch;

import java.util.Locale;

/** The six kinds of threat, in the order in which an alert lists them. */
public enum Stride {
  SPOOFING,
  TAMPERING,
  REPUDIATION,
  INFORMATION_DISCLOSURE,
  DENIAL_OF_SERVICE,
  ELEVATION_OF_PRIVILEGE;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word that alerts and rule files use, such as {@code denial-of-service}. */
  public String label() {
    return label;
  }

  /** The letter that a terminal shows. */
  public char letter() {
    return name().charAt(0);
  }

  /**
   * The kind of that label.
   *
   * @throws IllegalArgumentException that lists the labels, when there is none such
   */
  public static Stride of(String label) {
    for (Stride stride : values()) {
      if (stride.label.equals(label)) {
        return stride;
      }
    }
    throw new IllegalArgumentException(
        "no kind of threat is called '"
            + label
            + "': use spoofing, tampering, repudiation, information-disclosure, denial-of-service or"
            + " elevation-of-privilege");
  }
}
