package io.stridewatch.deploy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.LedgerEntry;
import io.stridewatch.stream.LedgerReading;
import io.stridewatch.stream.LedgerReading.SinkSum;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;

/**
 * The ledger's figures as metrics, by source and by sink. It is read when somebody asks for
 * metrics, at most every five seconds; while Kafka is away the last figures stay, and their age
 * shows it.
 */
final class LedgerMetrics implements HttpEndpoint.Freshness {
  private static final Duration OLD = Duration.ofSeconds(5);
  private static final long PATIENCE_MILLIS = 2_000;

  private final Kafka kafka;
  private final MultiGauge records;
  private final MultiGauge alerts;
  private final MultiGauge whole;
  private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
  private long readAt;
  private volatile long reckonedAt = System.nanoTime();

  LedgerMetrics(Kafka kafka, MeterRegistry registry) {
    this.kafka = kafka;
    records =
        MultiGauge.builder("stridewatch.ledger.records")
            .description("What became of the records of a source, of all scopes together.")
            .register(registry);
    alerts =
        MultiGauge.builder("stridewatch.ledger.alerts")
            .description("What became of the alerts for a sink.")
            .register(registry);
    whole =
        MultiGauge.builder("stridewatch.ledger.balance")
            .description("The ledger's sums: a difference other than 0 is a fault of ours.")
            .register(registry);
    Gauge.builder("stridewatch.ledger.age.seconds", this, LedgerMetrics::age)
        .description("How old the ledger's figures are: Kafka is away when they get old.")
        .register(registry);
  }

  private double age() {
    return (System.nanoTime() - reckonedAt) / 1e9;
  }

  /** Reads the ledger where it was not read lately; waits for that 2 s at most. */
  @Override
  public void refresh() throws InterruptedException {
    CompletableFuture<Void> under = begun();
    try {
      under.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Kafka is away or slow: the last figures stay.
    }
  }

  private synchronized CompletableFuture<Void> begun() {
    boolean old = readAt == 0 || System.nanoTime() - readAt > OLD.toNanos();
    if (reading.isDone() && old) {
      readAt = System.nanoTime();
      reading = new CompletableFuture<>();
      CompletableFuture<Void> mine = reading;
      Thread thread = new Thread(() -> read(mine), "ledger metrics");
      thread.setDaemon(true);
      thread.start();
    }
    return reading;
  }

  private void read(CompletableFuture<Void> done) {
    try {
      take(LedgerReading.of(kafka));
      reckonedAt = System.nanoTime();
      done.complete(null);
    } catch (IOException | InterruptedException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private void take(LedgerReading ledger) {
    Map<String, List<LedgerEntry>> sources = new TreeMap<>();
    for (LedgerEntry entry : ledger.entries()) {
      sources.computeIfAbsent(entry.source().label(), any -> new ArrayList<>()).add(entry);
    }
    List<Row<?>> rows = new ArrayList<>();
    sources.forEach((source, entries) -> rows.addAll(records(source, entries)));
    records.register(rows, true);
    List<Row<?>> sinks = new ArrayList<>();
    ledger.sinks().forEach(sink -> sinks.addAll(alerts(sink)));
    alerts.register(sinks, true);
    whole.register(
        List.of(
            row("what", "waiting", ledger.waiting()),
            row("what", "gone", ledger.gone()),
            row("what", "missing", ledger.missing()),
            row("what", "difference", ledger.difference())),
        true);
  }

  private static List<Row<?>> records(String source, List<LedgerEntry> entries) {
    Map<String, ToLongFunction<LedgerEntry>> kinds = new TreeMap<>();
    kinds.put("read", LedgerEntry::events);
    kinds.put("evaluated", LedgerEntry::evaluated);
    kinds.put("repeated", LedgerEntry::repeated);
    kinds.put("late", LedgerEntry::late);
    kinds.put("dropped", LedgerEntry::dropped);
    kinds.put("rejected", LedgerReport::rejected);
    kinds.put("missing", LedgerEntry::missingNumbers);
    List<Row<?>> rows = new ArrayList<>();
    kinds.forEach(
        (kind, figure) ->
            rows.add(
                Row.of(
                    Tags.of("source", source, "what", kind),
                    entries.stream().mapToLong(figure).sum())));
    return rows;
  }

  private static List<Row<?>> alerts(SinkSum sink) {
    Map<String, Long> kinds = new TreeMap<>();
    kinds.put("delivered", sink.delivered());
    kinds.put("dead", sink.dead());
    kinds.put("gone", sink.gone());
    kinds.put("silenced", sink.silenced());
    kinds.put("ordinary", sink.ordinary());
    kinds.put("digested", sink.digested());
    kinds.put("waiting", sink.waiting());
    List<Row<?>> rows = new ArrayList<>();
    kinds.forEach(
        (kind, figure) -> rows.add(Row.of(Tags.of("sink", sink.name(), "what", kind), figure)));
    return rows;
  }

  private static Row<?> row(String tag, String value, long figure) {
    return Row.of(Tags.of(tag, value), figure);
  }
}
