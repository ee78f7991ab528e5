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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes the records of one partition through decoder and engine and enters each in the ledger. No
 * I/O; one thread.
 */
final class Judge implements AutoCloseable {
  private static final long AHEAD_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<SourceRecord, AuditEvent> decoder;
  private final RuleEngine engine;
  private final PartitionClock clock;
  private final LinkJudge links;
  private final InForce inForce;
  private final MarkerJudge markers;
  private final Map<String, Instant> told = new HashMap<>();

  /**
   * @param inForce the rules of the engine
   */
  Judge(
      Function<SourceRecord, AuditEvent> decoder,
      RuleEngine engine,
      PartitionClock clock,
      InForce inForce) {
    this.inForce = inForce;
    this.markers = new MarkerJudge(inForce);
    this.decoder = decoder;
    this.engine = engine;
    this.clock = clock;
    this.links = new LinkJudge(decoder, engine, clock::isLive);
  }

  /**
   * The alerts that the record makes.
   *
   * @throws UnreadableRecordException when it is to be set aside; it is in the ledger as that
   * @throws UnknownRulesException when it is a marker of rules that are to be learned first; it is
   *     not in the ledger yet
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
    boolean ours = source.source() == Source.PIPELINE;
    if (ours && source.type().equals(Pipeline.RULES)) {
      markers.judge(opened, record.offset(), ledger);
      return List.of();
    }
    LedgerEntry entry = entered(opened, ledger);
    try {
      return ours && source.type().equals(Pipeline.TICK)
          ? tick(record, ledger, entry)
          : accept(source, record, ledger, entry);
    } catch (UnreadableRecordException e) {
      entry.rejected(e.getMessage());
      throw e;
    }
  }

  static LedgerEntry entered(Envelope.Opened opened, Ledger ledger) {
    SourceRecord source = opened.record();
    LedgerEntry entry = ledger.entry(source.scope(), source.source());
    entry.event(opened.collector(), opened.seq());
    return entry;
  }

  /** Its markers. */
  MarkerJudge markers() {
    return markers;
  }

  /** The rules of its engine. */
  InForce inForce() {
    return inForce;
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
    alerts.addAll(dropped(ledger));
    entry.ticked();
    entry.alerts(alerts.size());
    return alerts;
  }

  /** Its second stage. */
  LinkJudge links() {
    return links;
  }

  /** A window that is full is told once an hour of its scope's time. */
  private List<Alert> dropped(Ledger ledger) {
    List<Alert> alerts = new ArrayList<>(0);
    for (RuleEngine.Dropped each : engine.dropped()) {
      ledger.entry(each.scope(), Source.PIPELINE).dropped(each.records());
      Instant hour = each.at().truncatedTo(ChronoUnit.HOURS);
      if (!hour.equals(told.put(each.scope() + "\0" + each.rule(), hour))) {
        alerts.addAll(found(Pipeline.full(each.scope(), each.rule(), hour)));
      }
    }
    return alerts;
  }

  /** The same with its mouth shut, for a record that was judged before the engine was made. */
  void recall(ConsumerRecord<byte[], byte[]> record, Ledger muted) {
    try {
      judge(record, muted);
      links.drain((key, value) -> {});
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
    alerts.addAll(isAhead(event, record.timestamp()) ? ahead(event, record) : accept(event));
    if (event.source() != Source.PIPELINE) {
      clock.event(event.scope(), event.source(), event.nanos(), record.timestamp());
    }
    alerts.addAll(dropped(ledger));
    entry.judged(event.nanos(), before, engine.counts());
    entry.alerts(alerts.size());
    return alerts;
  }

  /** Its clock is ahead by more than a summer's hour, or somebody wants time to leap. */
  private static boolean isAhead(AuditEvent event, long arrival) {
    return event.nanos() / 1_000_000 > arrival + AHEAD_MILLIS;
  }

  /** Told once an hour. */
  private List<Alert> ahead(AuditEvent event, ConsumerRecord<byte[], byte[]> record) {
    List<Alert> alerts = new ArrayList<>(judged(event, engine::acceptOutOfTime));
    Instant hour = Instant.ofEpochMilli(record.timestamp()).truncatedTo(ChronoUnit.HOURS);
    if (!hour.equals(told.put(event.scope() + "\0" + event.source(), hour))) {
      alerts.addAll(found(Pipeline.clock(event.scope(), event.source(), hour)));
    }
    return alerts;
  }

  private List<Alert> accept(AuditEvent event) {
    return judged(event, engine::accept);
  }

  /** Fields are read when a rule asks, so a record may turn out unreadable only now. */
  private static List<Alert> judged(AuditEvent event, Function<AuditEvent, List<Alert>> engine) {
    try {
      return engine.apply(event);
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
    links.clock().changes(log);
    inForce.changes(log);
  }

  /** Takes back what another gave: values by key, in the order of their writing. */
  void restore(Map<String, byte[]> memory) throws IOException {
    Map<String, byte[]> engines = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> each : memory.entrySet()) {
      if (each.getKey().startsWith(PartitionClock.KEY)) {
        clock.restore(each.getValue());
      } else if (each.getKey().startsWith(LinkClock.KEY)) {
        links.clock().restore(each.getKey(), each.getValue());
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
