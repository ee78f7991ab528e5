package io.stridewatch.collector.recording;

import java.util.Arrays;

/**
 * What could not be read in a recording. Where it lay is for people only and reaches no alert.
 *
 * @param input the file's name as given, or {@code standard input}
 * @param line number of its first line, from 1
 * @param reason one line: what is wrong
 * @param bytes as they came, the first 64 KiB when it was too long
 * @param size how many bytes there were
 */
public record RejectedLine(String input, long line, String reason, byte[] bytes, long size) {

  /** For a person: {@code audit.log:12: not JSON: broken at byte 312}. */
  public String message() {
    return input + ":" + line + ": " + reason;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RejectedLine that
        && input.equals(that.input)
        && line == that.line
        && reason.equals(that.reason)
        && size == that.size
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return message().hashCode();
  }

  /** The message; the bytes are a stranger's and stay out. */
  @Override
  public String toString() {
    return message();
  }
}
