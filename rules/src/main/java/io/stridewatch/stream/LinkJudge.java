package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes the records of one partition of links to the second stage of an engine: links, and the
 * times up to which the owners of partitions have no more of them. No I/O; one thread.
 */
final class LinkJudge {
  private final Function<SourceRecord, AuditEvent> decoder;
  private final RuleEngine engine;
  private final Predicate<String> live;
  private final LinkClock clock = new LinkClock();

  /**
   * @param live whether a scope's records arrive as they happen
   */
  LinkJudge(Function<SourceRecord, AuditEvent> decoder, RuleEngine engine, Predicate<String> live) {
    this.decoder = decoder;
    this.engine = engine;
    this.live = live;
  }

  /**
   * The alerts that the record makes. What came late is in the ledger, for no scope.
   *
   * @throws UnreadableRecordException when it is to be set aside
   */
  List<Alert> judge(ConsumerRecord<byte[], byte[]> record, Ledger ledger) {
    if (record.key() == null || record.value() == null) {
      throw new UnreadableRecordException("no link: no key or no value");
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    long late = engine.links().late();
    List<Alert> alerts =
        key.startsWith(LinkClock.KEY) ? time(key, record.value()) : link(record.value());
    LedgerEntry entry = ledger.entry(Pipeline.NO_SCOPE, Source.PIPELINE);
    entry.lateLinks(engine.links().late() - late);
    entry.alerts(alerts.size());
    return alerts;
  }

  private List<Alert> time(String key, byte[] value) {
    clock.take(LinkClock.partition(key), LinkClock.Mark.read(value));
    Instant time = clock.time();
    return time == null ? List.of() : engine.links().advanceTo(time);
  }

  /** Records are read when their fields are: one may turn out unreadable only here. */
  private List<Alert> link(byte[] link) {
    try {
      return engine.links().accept(link, decoder);
    } catch (UnreadableRecordException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnreadableRecordException(
          "no link that a rule could judge: " + e.getClass().getSimpleName());
    }
  }

  /** The same with its mouth shut, for a record that was judged before the engine was made. */
  void recall(ConsumerRecord<byte[], byte[]> record, Ledger muted) {
    try {
      judge(record, muted);
    } catch (UnreadableRecordException e) {
      // Set aside when it was read first.
    }
  }

  /** Gives what events had for the second stage since the last time. */
  void drain(BiConsumer<String, byte[]> topic) {
    engine.links().drain(topic);
  }

  /** Whether time must go on before all that was taken is judged. */
  boolean waits() {
    return engine.links().waits();
  }

  /** Up to where the scopes of the partition have nothing more for the second stage. */
  LinkClock.Mark mark() {
    return LinkClock.Mark.of(engine.links(), live);
  }

  LinkClock clock() {
    return clock;
  }
}
