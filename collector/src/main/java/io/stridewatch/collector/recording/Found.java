package io.stridewatch.collector.recording;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;

/** What was found in a line of a recording. */
interface Found {

  /** A whole raw record. */
  void record(Source source, byte[] raw);

  /** A whole event of auditd; part 0, or 1 and up for what came after it was closed. */
  void audited(byte[] raw, int part);

  /** A record of a sealed recording, with its envelope. */
  void kept(SourceRecord record);

  /** Something that belongs to a record. */
  void fact(Fact fact);

  /** Something known that no rule reads. */
  void passedOver();

  /** Something that can't be read; {@code line} is where it begins. */
  void rejected(long line, String reason, byte[] bytes);
}
