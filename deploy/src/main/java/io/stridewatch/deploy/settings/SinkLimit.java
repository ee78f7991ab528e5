package io.stridewatch.deploy.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many messages a sink is told in a minute; the rest come together in the next.
 *
 * @param sink its name; empty for each that has no limit of its own
 */
public record SinkLimit(String sink, int messages) {
  private static final Pattern FORM = Pattern.compile("(?:(.+)=)?([1-9][0-9]{0,5})");

  /**
   * Reads {@code [NAME=]N}.
   *
   * @throws IllegalArgumentException that says what would do
   */
  static SinkLimit of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not [NAME=]N: write chat=30 for 30 messages a minute, or 30 for each sink");
    }
    return new SinkLimit(
        form.group(1) == null ? "" : form.group(1), Integer.parseInt(form.group(2)));
  }

  @Override
  public String toString() {
    return sink.isEmpty() ? Integer.toString(messages) : sink + "=" + messages;
  }
}
