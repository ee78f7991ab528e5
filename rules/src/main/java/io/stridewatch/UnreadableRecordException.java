package io.stridewatch;

/**
 * A record that no later try will read: it is set aside whole with {@link #getMessage()} as the
 * reason, counted, and the stream goes on. The message is one line that says what is wrong and
 * where, without repeating hostile text.
 */
public final class UnreadableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With the reason, such as {@code not JSON: string not closed at byte 312}. */
  public UnreadableRecordException(String reason) {
    super(reason, null, false, false);
  }
}
