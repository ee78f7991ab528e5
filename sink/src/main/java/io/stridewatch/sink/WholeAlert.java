package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Times;
import java.util.List;
import java.util.Map;

/**
 * An alert whole, for people: the pretty form, then all that it leaves out, and each record decoded
 * and as its source wrote it. Nothing is cut: on a terminal it is broken into rows, in a pipe each
 * value has its line. Text from records is escaped. Immutable.
 */
public final class WholeAlert {
  private final PrettyAlert pretty;
  private final Labelled rows;
  private final EvidenceRows evidence;
  private final boolean links;

  /** For that terminal, pipe or file. */
  public WholeAlert(Terminal terminal) {
    int columns = terminal.rows() > 0 ? Math.max(40, terminal.columns()) : Labelled.ENDLESS;
    links = terminal.links();
    pretty = new PrettyAlert(terminal);
    rows = new Labelled(columns, 2, 9, new Paint(terminal.colour()));
    evidence = new EvidenceRows(columns, new Paint(terminal.colour()));
  }

  /** The alert in lines, each ended by a newline. */
  public String text(Alert alert) {
    StringBuilder out = new StringBuilder(pretty.text(alert));
    row(out, "id", alert.id());
    row(out, "rule", alert.rule() + ": " + alert.title());
    row(out, "summary", alert.summary());
    row(out, "remedy", alert.remedy());
    row(out, "threats", String.join(", ", alert.threats()));
    tags(out, String.join(", ", alert.tags()));
    row(out, "actor", entity(alert.actor()));
    row(out, "target", entity(alert.target()));
    row(
        out,
        "count",
        alert.count() + ", " + Times.text(alert.first()) + " to " + Times.text(alert.last()));
    int number = 1;
    for (var record : alert.evidence()) {
      lines(out, evidence.of(record, number++, alert.evidence().size()));
    }
    return out.toString();
  }

  private void row(StringBuilder out, String label, String value) {
    if (!value.isEmpty()) {
      lines(out, rows.of(label, value));
    }
  }

  private void tags(StringBuilder out, String tags) {
    if (!tags.isEmpty()) {
      List<String> lines = rows.of("tags", tags);
      lines(out, links ? lines.stream().map(Links::techniques).toList() : lines);
    }
  }

  private static void lines(StringBuilder out, List<String> lines) {
    lines.forEach(line -> out.append(line).append('\n'));
  }

  private static String entity(Map<String, String> entity) {
    return entity == null ? "" : entity.toString().replaceAll("^\\{|\\}$", "");
  }
}
