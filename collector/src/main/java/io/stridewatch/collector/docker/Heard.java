package io.stridewatch.collector.docker;

import io.stridewatch.Source;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * A line of the stream, or a word of our own about it, with the fact that was asked for.
 *
 * @param source DOCKER, or PIPELINE for our own word
 * @param raw the line
 * @param fault why it can't be read; null when it can
 * @param subject what it is about: records of one subject stay in order
 * @param before up to where all is safe before it is; null when nothing is
 * @param after the same when it is, and all before it
 * @param fact the lines to add, null when nothing was asked
 */
record Heard(
    Source source,
    byte[] raw,
    String fault,
    String subject,
    EventMark before,
    EventMark after,
    CompletableFuture<byte[]> fact) {

  boolean answered() {
    return fact == null || fact.isDone();
  }

  /** The raw value of its record. */
  byte[] record() {
    if (fact == null) {
      return raw;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(raw);
    lines.write('\n');
    lines.writeBytes(fact.join());
    return lines.toByteArray();
  }
}
