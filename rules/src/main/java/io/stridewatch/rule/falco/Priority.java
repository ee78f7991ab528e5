package io.stridewatch.rule.falco;

import io.stridewatch.Severity;
import java.util.Locale;

/** How grave Falco calls a rule, gravest first. */
public enum Priority {
  EMERGENCY(Severity.CRITICAL),
  ALERT(Severity.CRITICAL),
  CRITICAL(Severity.CRITICAL),
  ERROR(Severity.HIGH),
  WARNING(Severity.MEDIUM),
  NOTICE(Severity.LOW),
  INFORMATIONAL(Severity.INFO),
  DEBUG(Severity.INFO);

  private final Severity severity;

  Priority(Severity severity) {
    this.severity = severity;
  }

  /**
   * Of Falco's word for it in any case, {@code info} among them.
   *
   * @throws IllegalArgumentException that lists the words, when it is none of them
   */
  public static Priority of(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    for (Priority priority : values()) {
      if (priority.name().equals(upper)) {
        return priority;
      }
    }
    if (upper.equals("INFO")) {
      return INFORMATIONAL;
    }
    throw new IllegalArgumentException(
        ("Invalid priority '" + word + "': use emergency, alert, critical, error, warning, ")
            + "notice, informational or debug");
  }

  /** What an alert of such a rule is. */
  public Severity severity() {
    return severity;
  }

  /** As Falco writes it in an alert: {@code Warning}. */
  public String label() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
