package io.stridewatch.deploy.settings;

import io.stridewatch.Source;
import java.time.Duration;

/**
 * How late one source's records may come.
 *
 * @param lateness after the event, by the source's clock
 */
public record SourceLateness(Source source, Duration lateness) {

  /**
   * Reads {@code SOURCE=DURATION}.
   *
   * @throws IllegalArgumentException that says what would do
   */
  public static SourceLateness of(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("not SOURCE=DURATION: write kubernetes=130s");
    }
    return new SourceLateness(
        Source.of(text.substring(0, equals)), Span.of(text.substring(equals + 1)));
  }

  @Override
  public String toString() {
    return source.label() + "=" + lateness;
  }
}
