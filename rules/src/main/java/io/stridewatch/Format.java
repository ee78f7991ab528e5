package io.stridewatch;

/**
 * The number of the form that something is written in; it grows when an older one can't read it.
 */
public final class Format {
  private Format() {}

  /**
   * Goes on only with what this program can read.
   *
   * @param what is written so, for the message
   * @throws IllegalStateException on one line, when a newer program wrote it
   */
  public static void check(String what, int format, int known) {
    if (format > known) {
      throw new IllegalStateException(
          what
              + " has format "
              + format
              + " and this program reads "
              + known
              + ": use the newer program");
    }
  }
}
