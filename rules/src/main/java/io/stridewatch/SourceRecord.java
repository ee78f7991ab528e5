package io.stridewatch;

import java.time.Instant;
import java.util.Objects;

/**
 * One record as its source wrote it, in its envelope: what travels on the events topic (CloudEvents
 * 1.0, binary mode: all but {@code scope} and {@code value} are headers, {@code scope} is the key).
 * The value is never parsed and written again. Its array is shared, not copied: nobody changes it.
 *
 * @param source which kind of system said it
 * @param address where the collector read it, such as {@code unix:///var/run/docker.sock}; may be
 *     empty
 * @param id what the source itself says of the event, unique within its scope; becomes an alert's
 *     evidence id
 * @param type {@code io.stridewatch.SOURCE.KIND}
 * @param time event time, by the source's own clock
 * @param contentType media type of {@code value}
 * @param scope the host or cluster
 * @param value the raw bytes
 * @param found what the collector found beside it
 */
public record SourceRecord(
    Source source,
    String address,
    String id,
    String type,
    Instant time,
    String contentType,
    String scope,
    byte[] value,
    Found found) {

  /** No null anywhere. */
  public SourceRecord {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(found, "found");
  }

  /** One whose machine nobody looked at. */
  public SourceRecord(
      Source source,
      String address,
      String id,
      String type,
      Instant time,
      String contentType,
      String scope,
      byte[] value) {
    this(source, address, id, type, time, contentType, scope, value, Found.NOTHING);
  }

  /** The same with other bytes. */
  public SourceRecord with(byte[] other) {
    return new SourceRecord(source, address, id, type, time, contentType, scope, other, found);
  }

  /** The same, with what was found beside it. */
  public SourceRecord with(Found beside) {
    return new SourceRecord(source, address, id, type, time, contentType, scope, value, beside);
  }

  /** By identity of the event, for logs; the raw bytes are an attacker's and stay out. */
  @Override
  public String toString() {
    return source.label() + " " + id + " scope=" + scope + " bytes=" + value.length;
  }
}
