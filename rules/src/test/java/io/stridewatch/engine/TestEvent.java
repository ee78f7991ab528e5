package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An event made of fields given by hand. */
final class TestEvent implements AuditEvent {
  private final Source source;
  private final String scope;
  private final String id;
  private final long nanos;
  private final Map<String, List<String>> fields = new HashMap<>();
  private final List<View> views = new ArrayList<>();
  private byte[] raw = "{}".getBytes(StandardCharsets.UTF_8);

  TestEvent(Source source, String scope, String id, long nanos) {
    this.source = source;
    this.scope = scope;
    this.id = id;
    this.nanos = nanos;
  }

  static TestEvent docker(String id, long seconds) {
    return new TestEvent(Source.DOCKER, "vm", id, seconds * 1_000_000_000L);
  }

  TestEvent with(String field, String... values) {
    fields.put(field, List.of(values));
    return this;
  }

  TestEvent raw(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  TestEvent raw(byte[] bytes) {
    raw = bytes;
    return this;
  }

  /** One record of several; {@code fields} are name, value, name, value. */
  TestEvent record(String... fields) {
    Map<String, List<String>> record = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      record.put(fields[i], List.of(fields[i + 1]));
    }
    views.add(new View(record));
    return this;
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public String scope() {
    return scope;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String ref() {
    return "ref-" + id;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public byte[] raw() {
    return raw;
  }

  @Override
  public List<? extends Fields> views() {
    return views.isEmpty() ? List.of(this) : views;
  }

  @Override
  public Map<String, String> actor() {
    return fields.containsKey("actor")
        ? Map.of("kind", "user", "name", fields.get("actor").get(0))
        : null;
  }

  @Override
  public Map<String, String> target() {
    return null;
  }

  @Override
  public List<String> values(String field) {
    return fields.getOrDefault(field, List.of());
  }

  @Override
  public boolean has(String field) {
    return fields.containsKey(field);
  }

  private final class View implements Fields {
    private final Map<String, List<String>> record;

    View(Map<String, List<String>> record) {
      this.record = record;
    }

    @Override
    public List<String> values(String field) {
      List<String> own = record.get(field);
      return own == null ? TestEvent.this.values(field) : own;
    }

    @Override
    public boolean has(String field) {
      return record.containsKey(field) || TestEvent.this.has(field);
    }
  }
}
