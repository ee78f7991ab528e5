package io.stridewatch.collector;

import io.stridewatch.Heartbeat;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one collector has kept, and how far it has read, for each scope: 1,000 at most. */
final class Progress {
  private static final int SCOPES = 1000;

  private final String name;
  private final Map<Row, Counts> rows = new LinkedHashMap<>();

  private record Row(String scope, Source source) {}

  private static final class Counts {
    private long records;
    private long rejected;
    private Instant upTo;
    private String position = "";
  }

  Progress(String name) {
    this.name = name;
  }

  synchronized void kept(List<SourceRecord> records) {
    for (SourceRecord record : records) {
      Counts counts = counts(record);
      if (counts != null) {
        counts.records++;
      }
    }
  }

  synchronized void rejected(SourceRecord record) {
    Counts counts = counts(record);
    if (counts != null) {
      counts.rejected++;
    }
  }

  private Counts counts(SourceRecord record) {
    return record.source() == Source.PIPELINE ? null : counts(record.scope(), record.source());
  }

  /** Null when there are too many scopes already. */
  private Counts counts(String scope, Source source) {
    Row row = new Row(scope, source);
    return rows.containsKey(row) || rows.size() < SCOPES
        ? rows.computeIfAbsent(row, fresh -> new Counts())
        : null;
  }

  synchronized void readUpTo(String scope, Source source, Instant upTo, String position) {
    Counts counts = counts(scope, source);
    if (counts != null && upTo != null) {
      counts.upTo = upTo;
      counts.position = position;
    }
  }

  /** One for each scope. */
  synchronized List<Heartbeat> heartbeats(
      Instant clock, String trouble, String machine, Duration silence) {
    List<Heartbeat> heartbeats = new ArrayList<>();
    rows.forEach(
        (row, counts) ->
            heartbeats.add(
                new Heartbeat(
                    row.scope(),
                    row.source(),
                    name,
                    clock,
                    counts.upTo,
                    counts.position,
                    0,
                    counts.records,
                    counts.rejected,
                    trouble,
                    machine,
                    silence)));
    return heartbeats;
  }
}
