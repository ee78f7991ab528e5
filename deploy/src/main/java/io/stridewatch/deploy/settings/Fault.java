package io.stridewatch.deploy.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something wrong with the settings.
 *
 * @param where {@code FILE:LINE}, the environment variable, or the flag
 * @param what what is wrong and what would do, on one line
 * @param usage whether it is a flag's text that can't be read
 */
public record Fault(String where, String what, boolean usage) {
  private static final Pattern LINE = Pattern.compile(".*:([0-9]{1,9})");

  Fault(String where, String what) {
    this(where, what, false);
  }

  /** The line of the file, or 0. */
  int line() {
    Matcher line = LINE.matcher(where);
    return line.matches() ? Integer.parseInt(line.group(1)) : 0;
  }

  @Override
  public String toString() {
    return where + ": " + what;
  }
}
