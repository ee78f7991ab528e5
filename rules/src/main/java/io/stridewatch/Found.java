package io.stridewatch;

import java.util.Objects;

/**
 * What a collector found of the machine that a record tells of, and the record itself does not say.
 *
 * @param container where the process ran: a container's id, {@code host}, {@code unknown}; empty
 *     where nobody looked
 * @param watched path of the watched file that one of the record's inodes is, where the record
 *     calls it otherwise or not at all; empty where there is none, or nobody looked
 */
public record Found(String container, String watched) {
  /** Nobody looked. */
  public static final Found NOTHING = new Found("", "");

  /** No null anywhere. */
  public Found {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(watched, "watched");
  }
}
