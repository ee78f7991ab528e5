package io.stridewatch.deploy.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Room that a disk must have: the less of so many bytes and such a part of it.
 *
 * @param bytes so many
 * @param percent of the disk
 */
public record Room(long bytes, int percent) {
  private static final Pattern PART = Pattern.compile("([0-9]{1,2}) ?%");

  /** A GiB, or of a disk that is smaller than 20 of them the twentieth part. */
  static final Room USUAL = new Room(1L << 30, 5);

  /**
   * Reads a size, or a part such as {@code 5%}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Room of(String text) {
    Matcher part = PART.matcher(text);
    return part.matches()
        ? new Room(Long.MAX_VALUE, Integer.parseInt(part.group(1)))
        : new Room(Bytes.between(0, 1L << 50, text), 100);
  }

  /** In bytes, for a disk of that size. */
  public long of(long disk) {
    return Math.min(bytes, percent == 100 ? Long.MAX_VALUE : disk / 100 * percent);
  }
}
