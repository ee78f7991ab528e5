package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Times;
import java.util.List;
import java.util.Map;

/**
 * An alert whole, for people: the pretty form, then all that it leaves out, and each record decoded
 * and as its source wrote it. Nothing is cut; text from records is escaped. Immutable.
 */
public final class WholeAlert {
  private static final int LONGEST = 1 << 20;

  private final PrettyAlert pretty;
  private final Paint paint;

  /** For that terminal, pipe or file. */
  public WholeAlert(Terminal terminal) {
    pretty = new PrettyAlert(terminal);
    paint = new Paint(terminal.colour());
  }

  /** The alert in lines, each ended by a newline. */
  public String text(Alert alert) {
    StringBuilder out = new StringBuilder(pretty.text(alert));
    row(out, "id", alert.id());
    row(out, "rule", alert.rule() + ": " + alert.title());
    row(out, "summary", alert.summary());
    row(out, "remedy", alert.remedy());
    row(out, "threats", String.join(", ", alert.threats()));
    row(out, "tags", String.join(", ", alert.tags()));
    row(out, "actor", entity(alert.actor()));
    row(out, "target", entity(alert.target()));
    row(
        out,
        "count",
        alert.count() + ", " + Times.text(alert.first()) + " to " + Times.text(alert.last()));
    int number = 1;
    for (Evidence evidence : alert.evidence()) {
      record(out, evidence, number++, alert.evidence().size());
    }
    return out.toString();
  }

  private void row(StringBuilder out, String label, String value) {
    if (!value.isEmpty()) {
      out.append("  ").append(paint.faint("%-9s".formatted(label)));
      out.append(Columns.shown(value, LONGEST)).append('\n');
    }
  }

  private static String entity(Map<String, String> entity) {
    return entity == null ? "" : entity.toString().replaceAll("^\\{|\\}$", "");
  }

  private void record(StringBuilder out, Evidence evidence, int number, int of) {
    out.append("  ").append(paint.bold("record " + number + " of " + of)).append("  ");
    out.append(evidence.source().label()).append("  ").append(Times.text(evidence.time()));
    out.append("  ").append(Columns.shown(evidence.ref(), LONGEST)).append('\n');
    String decoded = Proof.line(evidence).substring(evidence.ref().length()).strip();
    line(out, "decoded", decoded);
    String raw = evidence.raw() == null ? "base64 " + evidence.raw64() : evidence.raw();
    List<String> lines = raw.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      line(out, i == 0 ? "raw" : "", lines.get(i));
    }
    line(out, "sha256", evidence.sha256() + ", " + evidence.size() + " bytes" + more(evidence));
  }

  private static String more(Evidence evidence) {
    String masked =
        evidence.masked().isEmpty() ? "" : ", masked: " + String.join(", ", evidence.masked());
    return masked + (evidence.truncated() ? ", cut" : "");
  }

  private void line(StringBuilder out, String label, String text) {
    out.append("    ").append(paint.faint("%-8s".formatted(label)));
    out.append(Columns.shown(text, LONGEST)).append('\n');
  }
}
