package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A record of our own among the events, such as a tick, a heartbeat or a gap: {@code
 * {"kind":"tick","time":...}} with a time of RFC 3339. Its fields are its JSON's. For one thread.
 */
public final class PipelineEvent implements AuditEvent {
  private final String scope;
  private final byte[] raw;
  private final Json json;
  private final String kind;
  private final long nanos;

  private PipelineEvent(String scope, byte[] raw) {
    this.scope = scope;
    this.raw = raw;
    this.json = Json.object(raw, 0, raw.length);
    this.kind = text("kind");
    this.nanos = EventTime.nanos(text("time"));
  }

  /**
   * Reads one record.
   *
   * @throws UnreadableRecordException when it isn't one
   */
  public static PipelineEvent decode(String scope, byte[] raw) {
    return new PipelineEvent(scope, raw);
  }

  /** {@code tick}, {@code heartbeat}, {@code gap}, {@code silence}, {@code host}. */
  public String kind() {
    return kind;
  }

  /** The source that a heartbeat speaks for; null when it names none. */
  public Source about() {
    String about = json.last("source");
    return Arrays.stream(Source.values())
        .filter(source -> source.label().equals(about))
        .findFirst()
        .orElse(null);
  }

  /**
   * Nanoseconds since 1970 up to which a heartbeat says that all of its source is kept; the least
   * long when it says nothing of that.
   */
  public long upTo() {
    String upTo = json.last("upTo");
    return upTo == null ? Long.MIN_VALUE : EventTime.nanos(upTo);
  }

  @Override
  public Source source() {
    return Source.PIPELINE;
  }

  @Override
  public String scope() {
    return scope;
  }

  @Override
  public String id() {
    return ref() + "/" + EventId.hash(raw);
  }

  @Override
  public String ref() {
    return EventId.cut(kind, 100) + "/" + time();
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
    switch (field) {
      case "source":
        return List.of(source().label());
      case "scope":
        return List.of(scope);
      default:
        return json.values(field);
    }
  }

  @Override
  public boolean has(String field) {
    return !values(field).isEmpty() || json.has(field);
  }

  private String text(String key) {
    String text = json.last(key);
    if (text == null) {
      throw new UnreadableRecordException("JSON, but not a pipeline record: no " + key);
    }
    return text;
  }
}
