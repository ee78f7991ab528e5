package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.stream.LedgerEntry;
import io.stridewatch.stream.LedgerReading;
import io.stridewatch.stream.LedgerReading.SinkSum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger for people and for programs. A difference other than 0 is a fault of ours, and said
 * first.
 */
final class LedgerReport {
  private static final String SOURCE_ROW = "%-11s %-24s %10s %10s %9s %6s %9s %8s %7s  %s";
  private static final String SINK_ROW = "%-32s %10s %10s %9s %8s %6s %9s %9s %9s";

  private final LedgerReading ledger;
  private final List<LedgerEntry> entries;

  LedgerReport(LedgerReading ledger) {
    this.ledger = ledger;
    this.entries =
        ledger.entries().stream()
            .sorted(Comparator.comparing(LedgerEntry::source).thenComparing(LedgerEntry::scope))
            .toList();
  }

  /** A table of sources, one of collectors, one of sinks, and what it comes to. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        SOURCE_ROW.formatted(
            "SOURCE",
            "SCOPE",
            "EVENTS",
            "EVALUATED",
            "REPEATED",
            "LATE",
            "REJECTED",
            "MISSING",
            "ALERTS",
            "NEWEST"));
    entries.forEach(entry -> lines.add(text(entry)));
    lines.addAll(new CollectorReport(entries).text());
    lines.add("");
    lines.add(
        SINK_ROW.formatted(
            "SINK",
            "ALERTS",
            "DELIVERED",
            "DIGESTED",
            "DEAD",
            "GONE",
            "WAITING",
            "SILENCED",
            "ORDINARY"));
    for (SinkSum sink : ledger.sinks()) {
      lines.add(
          SINK_ROW.formatted(
              shown(sink.name(), 32),
              sink.alerts(),
              sink.delivered(),
              sink.digested(),
              sink.dead(),
              sink.gone(),
              sink.waiting(),
              sink.silenced(),
              sink.ordinary()));
    }
    lines.add("");
    entries.forEach(
        entry -> reasons(entry).forEach((why, count) -> lines.add(rejected(entry, why, count))));
    lines.add(
        "waiting to be judged: %d   gone before they were: %d   missing: %d   difference: %d"
            .formatted(ledger.waiting(), ledger.gone(), ledger.missing(), ledger.difference()));
    return lines;
  }

  /** One line a source and scope, one a collector, one a sink, one for the sum. */
  List<String> json() {
    List<String> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(json(entry)));
    lines.addAll(new CollectorReport(entries).json());
    ledger.sinks().forEach(sink -> lines.add(json(sink)));
    JsonLine sum = new JsonLine().open('{').key("waiting").number(ledger.waiting());
    sum.key("gone").number(ledger.gone()).key("missing").number(ledger.missing());
    lines.add(sum.key("difference").number(ledger.difference()).close('}').toString());
    return lines;
  }

  private static String text(LedgerEntry entry) {
    return SOURCE_ROW.formatted(
        entry.source().label(),
        shown(entry.scope(), 24),
        entry.events(),
        entry.evaluated(),
        entry.repeated(),
        entry.late(),
        rejected(entry),
        entry.missingNumbers(),
        entry.alerts(),
        newest(entry, "-"));
  }

  private static String json(LedgerEntry entry) {
    JsonLine line = new JsonLine().open('{').key("source").text(entry.source().label());
    line.key("scope").text(entry.scope()).key("events").number(entry.events());
    line.key("evaluated").number(entry.evaluated()).key("repeated").number(entry.repeated());
    line.key("late").number(entry.late()).key("rejected").number(rejected(entry));
    line.key("missing").number(entry.missingNumbers()).key("alerts").number(entry.alerts());
    line.key("dropped").number(entry.dropped()).key("newest").text(newest(entry, null));
    return line.close('}').toString();
  }

  private static String json(SinkSum sink) {
    JsonLine line = new JsonLine().open('{').key("sink").text(sink.name());
    line.key("alerts").number(sink.alerts()).key("delivered").number(sink.delivered());
    line.key("dead").number(sink.dead()).key("gone").number(sink.gone());
    line.key("waiting").number(sink.waiting()).key("silenced").number(sink.silenced());
    line.key("ordinary").number(sink.ordinary());
    line.key("digested").number(sink.digested());
    return line.close('}').toString();
  }

  private static String newest(LedgerEntry entry, String otherwise) {
    boolean none = entry.newest() == Long.MIN_VALUE;
    return none ? otherwise : Times.text(Times.ofNanos(entry.newest()));
  }

  private static String rejected(LedgerEntry entry, String why, long count) {
    return "rejected %d of %s %s: %s"
        .formatted(count, entry.source().label(), shown(entry.scope(), 24), shown(why, 80));
  }

  /** Of all reasons. */
  static long rejected(LedgerEntry entry) {
    return reasons(entry).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Set aside by the engine or, before they were events, by the collector. */
  private static Map<String, Long> reasons(LedgerEntry entry) {
    Map<String, Long> reasons = new TreeMap<>(entry.rejected());
    entry.unwritten().forEach((why, count) -> reasons.merge(why, count, Long::sum));
    return reasons;
  }

  /** Scopes and reasons come from records: nothing in them moves the cursor. */
  static String shown(String text, int width) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .limit(width)
        .forEach(c -> shown.append(JsonLine.escaped((char) c) ? '?' : (char) c));
    return shown.toString();
  }
}
