package io.stridewatch.stream;

import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import java.time.Instant;

/**
 * What the pipeline says about itself on the events topic: one small JSON object each, {@code kind}
 * first.
 */
final class Pipeline {
  static final String TICK = "io.stridewatch.pipeline.tick";
  static final String HEARTBEAT = "io.stridewatch.pipeline.heartbeat";
  static final String REJECTED = "io.stridewatch.pipeline.rejected";

  /** The key of what belongs to a partition and to no scope. */
  static final String NO_SCOPE = "-";

  private Pipeline() {}

  /** Time goes on in this partition, though nothing else may arrive. */
  static SourceRecord tick(int partition, Instant now) {
    String json = object("tick", now).key("partition").number(partition).close('}').toString();
    return record(TICK, NO_SCOPE, "tick/" + partition + "/" + now, now, json);
  }

  /** A collector has read its source up to here and given out these numbers. */
  static SourceRecord heartbeat(
      String scope, Source source, Instant readUpTo, String collector, long last) {
    String json =
        object("heartbeat", readUpTo)
            .key("source")
            .text(source.label())
            .key("collector")
            .text(collector)
            .key("last")
            .number(last)
            .close('}')
            .toString();
    String id = "heartbeat/" + source.label() + "/" + collector + "/" + readUpTo;
    return record(HEARTBEAT, scope, id, readUpTo, json);
  }

  /** A collector put this record on the rejected topic, so that the ledger's sums are whole. */
  static SourceRecord rejected(SourceRecord record, String reason) {
    String json =
        object("rejected", record.time())
            .key("source")
            .text(record.source().label())
            .key("id")
            .text(record.id())
            .key("size")
            .number(record.value().length)
            .key("reason")
            .text(reason)
            .close('}')
            .toString();
    return record(REJECTED, record.scope(), "rejected/" + record.id(), record.time(), json);
  }

  private static JsonLine object(String kind, Instant time) {
    JsonLine json = new JsonLine().open('{').key("kind").text(kind);
    return json.key("time").text(Times.text(time));
  }

  private static SourceRecord record(
      String type, String scope, String id, Instant time, String json) {
    return new SourceRecord(
        Source.PIPELINE, "", id, type, time, "application/json", scope, Envelope.bytes(json));
  }
}
