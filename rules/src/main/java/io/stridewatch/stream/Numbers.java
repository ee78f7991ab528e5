package io.stridewatch.stream;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers the records of each scope and source, from 1, so that a reader sees what is missing. A
 * record that could not be written keeps its number for the next try: else the number would look
 * like a loss. Used under its owner's lock.
 */
final class Numbers {
  /** How many failed records are remembered; of more the number shows as missing. */
  private static final int FAILED = 10_000;

  private final Map<Row, Long> last = new HashMap<>();
  private final Map<Failed, Long> failed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Failed, Long> eldest) {
          return size() > FAILED;
        }
      };

  private record Row(String scope, Source source) {
    static Row of(SourceRecord record) {
      return new Row(record.scope(), record.source());
    }
  }

  private record Failed(Row row, String id) {}

  /** The record's number. */
  long next(SourceRecord record) {
    Row row = Row.of(record);
    Long again = failed.isEmpty() ? null : failed.remove(new Failed(row, record.id()));
    return again != null ? again : last.merge(row, 1L, Long::sum);
  }

  /** The newest number given out, 0 when none was. */
  long last(String scope, Source source) {
    return last.getOrDefault(new Row(scope, source), 0L);
  }

  /** The record was not written, or nobody knows: its next try has the same number. */
  void failed(SourceRecord record, long number) {
    failed.put(new Failed(Row.of(record), record.id()), number);
  }
}
