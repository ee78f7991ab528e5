package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes the records of one partition through decoder and engine and enters each in the ledger. No
 * I/O; one thread.
 */
final class Judge implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<SourceRecord, AuditEvent> decoder;
  private final RuleEngine engine;
  private final PartitionClock clock;

  Judge(Function<SourceRecord, AuditEvent> decoder, RuleEngine engine, PartitionClock clock) {
    this.decoder = decoder;
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * The alerts that the record makes.
   *
   * @throws UnreadableRecordException when it is to be set aside; it is in the ledger as that
   */
  List<Alert> judge(ConsumerRecord<byte[], byte[]> record, Ledger ledger) {
    Envelope.Opened opened;
    try {
      opened = Envelope.open(record);
    } catch (UnreadableRecordException e) {
      LedgerEntry entry = ledger.entry(Pipeline.NO_SCOPE, Source.PIPELINE);
      entry.event(null, 0);
      entry.rejected(e.getMessage());
      throw e;
    }
    SourceRecord source = opened.record();
    LedgerEntry entry = ledger.entry(source.scope(), source.source());
    entry.event(opened.collector(), opened.seq());
    try {
      return source.type().equals(Pipeline.TICK)
          ? tick(record, ledger, entry)
          : accept(source, record, ledger, entry);
    } catch (UnreadableRecordException e) {
      entry.rejected(e.getMessage());
      throw e;
    }
  }

  private List<Alert> tick(
      ConsumerRecord<byte[], byte[]> record, Ledger ledger, LedgerEntry entry) {
    List<Alert> alerts = new ArrayList<>();
    ledger.tick(record.timestamp()).forEach(silence -> alerts.addAll(found(silence)));
    clock.tick(
        record.timestamp(),
        (scope, time) -> {
          if (!ledger.paced(scope)) {
            alerts.addAll(engine.advanceTo(scope, time));
          }
        });
    entry.ticked();
    entry.alerts(alerts.size());
    return alerts;
  }

  /** The same with its mouth shut, for a record that was judged before the engine was made. */
  void recall(ConsumerRecord<byte[], byte[]> record, Ledger muted) {
    try {
      judge(record, muted);
    } catch (UnreadableRecordException e) {
      // Set aside when it was read first.
    }
  }

  /** What was found out from records, and is not one of them, is judged and not counted. */
  private List<Alert> found(SourceRecord finding) {
    return accept(decode(finding));
  }

  private List<Alert> accept(
      SourceRecord source,
      ConsumerRecord<byte[], byte[]> record,
      Ledger ledger,
      LedgerEntry entry) {
    List<Alert> alerts = new ArrayList<>();
    if (source.source() == Source.PIPELINE) {
      account(source, record.timestamp(), ledger).ifPresent(one -> alerts.addAll(found(one)));
    }
    AuditEvent event = decode(source);
    RuleEngine.Counts before = engine.counts();
    alerts.addAll(accept(event));
    if (event.source() != Source.PIPELINE) {
      clock.event(event.scope(), event.source(), event.nanos(), record.timestamp());
    }
    entry.judged(event.nanos(), before, engine.counts());
    entry.alerts(alerts.size());
    return alerts;
  }

  /** Fields are read when a rule asks, so a record may turn out unreadable only now. */
  private List<Alert> accept(AuditEvent event) {
    try {
      return engine.accept(event);
    } catch (UnreadableRecordException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnreadableRecordException(
          "no rule could judge it: " + e.getClass().getSimpleName());
    }
  }

  private AuditEvent decode(SourceRecord source) {
    try {
      return decoder.apply(source);
    } catch (UnreadableRecordException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnreadableRecordException(
          "no decoder could read it: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<SourceRecord> account(SourceRecord said, long arrival, Ledger ledger) {
    try {
      JsonNode json = JSON.readTree(said.value());
      LedgerEntry of =
          ledger.entry(said.scope(), Source.of(json.path("source").asText("pipeline")));
      if (said.type().equals(Pipeline.HEARTBEAT)) {
        of.numbersUpTo(json.path("collector").asText(), json.path("last").asLong());
        return of.heard().beat(json, arrival);
      }
      if (said.type().equals(Pipeline.REJECTED)) {
        of.unwritten(json.path("reason").asText());
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableRecordException("no pipeline record: not the JSON that we write");
    }
  }

  /** Gives what has changed of what it remembers since the last time. */
  void changes(BiConsumer<String, byte[]> log) {
    engine.changes(log);
    clock.changes(log);
  }

  /** Takes back what another gave: values by key, in the order of their writing. */
  void restore(Map<String, byte[]> memory) throws IOException {
    Map<String, byte[]> engines = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> each : memory.entrySet()) {
      if (each.getKey().startsWith(PartitionClock.KEY)) {
        clock.restore(each.getValue());
      } else {
        engines.put(each.getKey(), each.getValue());
      }
    }
    engine.restore(engines, decoder);
  }

  RuleEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
  }
}
