package io.stridewatch.sink;

import io.stridewatch.Severity;

/**
 * Terminal colours (ECMA-48 SGR), or none. How bad an alert is shows in brightness and in words as
 * well as in hue, so that nobody needs to tell red from green. Immutable.
 */
public record Paint(boolean colour) {

  /** A word for how bad it is. */
  public String severity(Severity severity, String text) {
    return switch (severity) {
      case CRITICAL -> dressed("1;97;41", text);
      case HIGH -> dressed("1;93", text);
      case MEDIUM -> dressed("1;96", text);
      case LOW -> dressed("36", text);
      case INFO -> faint(text);
    };
  }

  /** What the eye should find. */
  public String bold(String text) {
    return dressed("1", text);
  }

  /** What may be overlooked. */
  public String faint(String text) {
    return dressed("2", text);
  }

  /** A chosen row, whose text has no colours of its own. */
  public String chosen(String text) {
    return dressed("7", text);
  }

  private String dressed(String how, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + how + "m" + text + "\u001b[0m" : text;
  }
}
