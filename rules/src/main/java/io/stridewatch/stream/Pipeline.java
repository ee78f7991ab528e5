package io.stridewatch.stream;

import io.stridewatch.Heartbeat;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import java.time.Instant;
import java.util.List;

/**
 * What the pipeline says about itself on the events topic: one small JSON object each, {@code kind}
 * first.
 */
final class Pipeline {
  static final String TICK = "io.stridewatch.pipeline.tick";
  static final String HEARTBEAT = "io.stridewatch.pipeline.heartbeat";
  static final String REJECTED = "io.stridewatch.pipeline.rejected";

  static final String RULES = "io.stridewatch.pipeline.rules";

  /** The key of what belongs to a partition and to no scope. */
  static final String NO_SCOPE = "-";

  private Pipeline() {}

  /** Time goes on in this partition, though nothing else may arrive. */
  static SourceRecord tick(int partition, Instant now) {
    String json = object("tick", now).key("partition").number(partition).close('}').toString();
    return record(TICK, NO_SCOPE, "tick/" + partition + "/" + now, now, json);
  }

  /** From the next record on these rules are in force in this partition. */
  static SourceRecord rules(String digest, String by, int partition, Instant now) {
    JsonLine json = object("rules", now).key("digest").text(digest).key("by").text(by);
    String id = "rules/" + partition + "/" + digest.substring(0, 16) + "/" + now;
    return record(RULES, NO_SCOPE, id, now, json.close('}').toString());
  }

  /** A collector lives, and has read its source up to here and given out these numbers. */
  static SourceRecord heartbeat(Heartbeat said, String collector, long last) {
    JsonLine json = object("heartbeat", said.clock()).key("source").text(said.source().label());
    json.key("name").text(said.name()).key("collector").text(collector).key("last").number(last);
    if (said.upTo() != null) {
      json.key("upTo").text(Times.text(said.upTo()));
    }
    json.key("position").text(said.position()).key("waiting").number(said.waiting());
    json.key("records").number(said.records()).key("rejected").number(said.rejected());
    if (said.trouble() != null) {
      json.key("trouble").text(said.trouble());
    }
    json.key("machine").text(said.machine()).key("silence").number(said.silence().toMillis());
    String id = "heartbeat/" + said.name() + "/" + collector + "/" + Times.text(said.clock());
    return record(HEARTBEAT, said.scope(), id, said.clock(), json.close('}').toString());
  }

  /**
   * Nobody has heard of a collector, or it can't read its source, for longer than it allows.
   *
   * @param from since when
   * @param at when that was too long
   */
  static SourceRecord silence(
      String scope, Source source, String name, Instant from, Instant at, String why) {
    JsonLine json = object("silence", at).key("of").text(source.label()).key("name").text(name);
    json.key("from").text(Times.text(from)).key("why").text(why).close('}');
    String id = "silence/" + name + "/" + Times.text(from);
    return record("io.stridewatch.pipeline.silence", scope, id, at, json.toString());
  }

  /**
   * A sink has taken no alert for too long.
   *
   * @param from since when
   * @param at when that was too long
   */
  static SourceRecord sink(String name, Instant from, Instant at, String why) {
    JsonLine json = object("sink", at).key("name").text(name).key("from").text(Times.text(from));
    json.key("why").text(why.substring(0, Math.min(500, why.length()))).close('}');
    String id = "sink/" + name + "/" + Times.text(from);
    return record("io.stridewatch.pipeline.sink", NO_SCOPE, id, at, json.toString());
  }

  /** Two machines say that they are one scope. */
  static SourceRecord machines(String scope, Source source, List<String> machines, Instant at) {
    JsonLine json = object("machines", at).key("of").text(source.label()).key("machines");
    json.texts(machines).close('}');
    String id = "machines/" + source.label() + "/" + String.join("/", machines);
    return record("io.stridewatch.pipeline.machines", scope, id, at, json.toString());
  }

  /**
   * A rule's window was full, and what was oldest in it was dropped.
   *
   * @param hour in which that was
   */
  static SourceRecord full(String scope, String rule, Instant hour) {
    JsonLine json = object("full", hour).key("rule").text(rule).close('}');
    return record(
        "io.stridewatch.pipeline.full", scope, "full/" + rule + "/" + hour, hour, json.toString());
  }

  /**
   * Records were from the future when they arrived.
   *
   * @param hour of their arrival
   */
  static SourceRecord clock(String scope, Source of, Instant hour) {
    JsonLine json = object("clock", hour).key("of").text(of.label()).close('}');
    String id = "clock/" + of.label() + "/" + hour;
    return record("io.stridewatch.pipeline.clock", scope, id, hour, json.toString());
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
