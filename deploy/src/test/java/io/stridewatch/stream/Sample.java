package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Evidence;
import io.stridewatch.Fields;
import io.stridewatch.RuleEngine;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Records whose meaning is their text, and an engine that reads it. */
final class Sample {
  static final Instant TIME = Instant.parse("2026-11-21T06:00:00Z");

  private Sample() {}

  /** The text {@code alert} makes an alert, {@code unreadable} can't be decoded. */
  static SourceRecord record(String scope, String id, String text) {
    return record(scope, id, text.getBytes(StandardCharsets.UTF_8));
  }

  static SourceRecord record(String scope, String id, byte[] value) {
    return new SourceRecord(
        Source.DOCKER,
        "unix:///var/run/docker.sock",
        id,
        "io.stridewatch.docker.event",
        TIME,
        "application/json",
        scope,
        value);
  }

  /** Records of these numbers, each of which makes an alert. */
  static List<SourceRecord> alerts(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> record("host" + i % 7, "id" + i, "alert"))
        .toList();
  }

  /** The ids of the first so many of their alerts, sorted. */
  static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "id" + i).sorted().toList();
  }

  static AuditEvent decode(SourceRecord record) {
    if (starts(record.value(), 'u')) {
      throw new UnreadableRecordException("not JSON: nothing at byte 0");
    }
    return new Event(record);
  }

  private static boolean starts(byte[] value, char first) {
    return value.length > 0 && value[0] == first;
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** Knows each alert by the id of its event. */
  static final class Engine implements RuleEngine {
    private final Set<String> raised = new HashSet<>();
    private final Set<String> unwritten = new HashSet<>();
    private long evaluated;
    private long repeated;

    @Override
    public List<Alert> accept(AuditEvent event) {
      boolean matches = starts(event.raw(), 'a');
      if (matches && !raised.add(event.id())) {
        repeated++;
        return List.of();
      }
      if (matches) {
        unwritten.add(event.id());
      }
      evaluated++;
      return matches ? List.of(alert(event)) : List.of();
    }

    @Override
    public List<Alert> advanceTo(Instant time) {
      return List.of();
    }

    @Override
    public List<Alert> advanceTo(String scope, Instant time) {
      return List.of();
    }

    @Override
    public Counts counts() {
      return new Counts(evaluated, repeated, 0, 0);
    }

    @Override
    public void changes(BiConsumer<String, byte[]> log) {
      unwritten.forEach(id -> log.accept(id, id.getBytes(StandardCharsets.UTF_8)));
      unwritten.clear();
    }

    @Override
    public void restore(Map<String, byte[]> memory, Function<SourceRecord, AuditEvent> decoder) {
      raised.addAll(memory.keySet());
    }

    @Override
    public void close() {}
  }

  static final class OneRule implements OneSet {
    @Override
    public RuleEngine engine() {
      return new Engine();
    }

    @Override
    public void remember(RuleEngine engine, Alert alert) {
      ((Engine) engine).raised.add(alert.id());
    }

    @Override
    public Duration horizon(String digest) {
      return Duration.ofHours(1);
    }
  }

  static Alert alert(AuditEvent event) {
    return new Alert(
        event.id(),
        "sample",
        "Sample",
        Severity.HIGH,
        List.of(),
        List.of(),
        List.of(),
        event.time(),
        event.scope(),
        "summary of " + event.id(),
        null,
        null,
        List.of(
            new Evidence(
                event.id(),
                event.source(),
                event.time(),
                event.ref(),
                text(event.raw()),
                null,
                event.raw().length,
                "00",
                List.of(),
                false)),
        "nothing",
        1,
        event.time(),
        event.time(),
        null);
  }

  private record Event(SourceRecord record) implements AuditEvent {
    @Override
    public Source source() {
      return record.source();
    }

    @Override
    public String scope() {
      return record.scope();
    }

    @Override
    public String id() {
      return record.id();
    }

    @Override
    public String ref() {
      return record.id();
    }

    @Override
    public long nanos() {
      return Times.nanos(record.time());
    }

    @Override
    public byte[] raw() {
      return record.value();
    }

    @Override
    public List<? extends Fields> views() {
      return List.of(this);
    }

    @Override
    public Map<String, String> actor() {
      return null;
    }

    @Override
    public Map<String, String> target() {
      return null;
    }

    @Override
    public List<String> values(String field) {
      return List.of();
    }

    @Override
    public boolean has(String field) {
      return false;
    }
  }
}
