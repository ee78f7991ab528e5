package io.stridewatch.collector.recording;

import io.stridewatch.SourceRecord;
import java.io.Closeable;
import java.io.IOException;

/** Whole records that were kept somewhere, such as on a topic, in their order. One thread. */
public interface Records extends Closeable {

  /** Where they were kept, for messages. */
  String name();

  /**
   * The next one; null at the end.
   *
   * @throws io.stridewatch.UnreadableRecordException when it is none; the next call goes on behind
   *     it
   * @throws IOException one line, when nothing more can be read
   */
  SourceRecord next() throws IOException;
}
