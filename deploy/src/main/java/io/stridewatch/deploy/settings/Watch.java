package io.stridewatch.deploy.settings;

import java.util.function.Function;

/**
 * Whether and where a source is watched.
 *
 * @param choice what was set
 * @param address where, when {@link Choice#AT}; else empty
 */
public record Watch(Choice choice, String address) {

  /** Not set: {@code run} looks where the source usually is. */
  public static final Watch FIND = new Watch(Choice.FIND, "");

  /** Not watched, even when it is there. */
  public static final Watch OFF = new Watch(Choice.OFF, "");

  /** What may be set. */
  public enum Choice {
    FIND,
    OFF,
    AT
  }

  static Watch at(String text, Function<String, String> address) {
    return text.equals("off") ? OFF : new Watch(Choice.AT, address.apply(text));
  }

  @Override
  public String toString() {
    return choice == Choice.AT ? address : choice == Choice.OFF ? "off" : "where it is found";
  }
}
