package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.stream.HeardCollector;
import io.stridewatch.stream.LedgerEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * How the collectors are, as their heartbeats and the broker's clock tell. One that is silent or
 * can't read its source is said so, with the reason.
 */
final class CollectorReport {
  private static final String ROW = "%-36s %-24s %-11s %9s %12s  %s";
  private static final int REASON = 160;

  private final List<LedgerEntry> entries;

  CollectorReport(List<LedgerEntry> entries) {
    this.entries = entries;
  }

  /** A table; nothing when no collector was ever heard. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      for (HeardCollector one : entry.collectors()) {
        lines.add(text(entry, one));
        if (one.trouble() != null) {
          lines.add("  " + LedgerReport.shown(one.trouble(), REASON));
        }
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, ROW.formatted("COLLECTOR", "SCOPE", "STATE", "CLOCK", "WAITING", "HEARD"));
      lines.add(0, "");
    }
    return lines;
  }

  private static String text(LedgerEntry entry, HeardCollector one) {
    return ROW.formatted(
        LedgerReport.shown(one.name(), 36),
        LedgerReport.shown(entry.scope(), 24),
        one.state(),
        "%+.1f s".formatted(one.ahead() / 1000.0),
        one.waiting(),
        Times.text(one.heard()));
  }

  /** One line each. */
  List<String> json() {
    List<String> lines = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      entry.collectors().forEach(one -> lines.add(json(entry, one)));
    }
    return lines;
  }

  private static String json(LedgerEntry entry, HeardCollector one) {
    JsonLine line = new JsonLine().open('{').key("collector").text(one.name());
    line.key("of").text(entry.source().label()).key("scope").text(entry.scope());
    line.key("state").text(one.state()).key("trouble").text(one.trouble());
    line.key("ahead").number(one.ahead() / 1000.0).key("waiting").number(one.waiting());
    line.key("upTo").text(one.upTo().isEmpty() ? null : one.upTo());
    return line.key("heard").text(Times.text(one.heard())).close('}').toString();
  }
}
