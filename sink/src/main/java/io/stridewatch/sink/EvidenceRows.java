package io.stridewatch.sink;

import io.stridewatch.Evidence;
import io.stridewatch.Times;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A record decoded and raw: side by side where there is room for both, else below each other. Text
 * from it is escaped. Immutable.
 */
final class EvidenceRows {
  private static final int ROOM_FOR_BOTH = 120;
  private static final int INDENT = 4;
  private static final int LABEL = 8;
  private static final String BETWEEN = " │ ";

  private final int columns;
  private final Paint paint;
  private final Labelled rows;

  EvidenceRows(int columns, Paint paint) {
    this.columns = columns;
    this.paint = paint;
    rows = new Labelled(columns, INDENT, LABEL, paint);
  }

  List<String> of(Evidence evidence, int number, int of) {
    List<String> lines = new ArrayList<>();
    String what = evidence.source().label() + "  " + Times.text(evidence.time());
    lines.add(
        "  "
            + paint.bold("record " + number + " of " + of)
            + "  "
            + Columns.cut(
                Columns.shown(what + "  " + evidence.ref(), Labelled.LONGEST),
                Math.max(20, columns - 24)));
    boolean both = columns >= ROOM_FOR_BOTH && columns != Labelled.ENDLESS;
    lines.addAll(both ? beside(evidence) : below(evidence));
    lines.addAll(
        rows.of("sha256", evidence.sha256() + ", " + evidence.size() + " bytes" + more(evidence)));
    return lines;
  }

  private List<String> below(Evidence evidence) {
    List<String> fields = Proof.fields(evidence);
    List<String> lines = new ArrayList<>();
    if (!fields.isEmpty()) {
      lines.addAll(rows.of("decoded", String.join(" ", fields)));
    }
    String label = "raw";
    for (String line : raw(evidence)) {
      lines.addAll(rows.of(label, line));
      label = "";
    }
    return lines;
  }

  private List<String> beside(Evidence evidence) {
    int left = (columns - INDENT) * 2 / 5;
    int right = columns - INDENT - left - BETWEEN.length();
    List<String> lines = new ArrayList<>();
    Iterator<String> decoded = folded(Proof.fields(evidence), left).iterator();
    Iterator<String> raw = folded(raw(evidence), right).iterator();
    lines.add(row(paint.faint("decoded") + " ".repeat(left - 7), paint.faint("raw")));
    while (decoded.hasNext() || raw.hasNext()) {
      String field = decoded.hasNext() ? decoded.next() : "";
      String padded = field + " ".repeat(Math.max(0, left - Columns.width(field)));
      lines.add(row(padded, raw.hasNext() ? raw.next() : ""));
    }
    return lines;
  }

  private String row(String left, String right) {
    return " ".repeat(INDENT) + left + paint.faint(BETWEEN) + right;
  }

  private static List<String> folded(List<String> texts, int columns) {
    return texts.stream()
        .flatMap(text -> Columns.fold(Columns.shown(text, Labelled.LONGEST), columns).stream())
        .toList();
  }

  private static List<String> raw(Evidence evidence) {
    return evidence.raw() == null
        ? List.of("base64 " + evidence.raw64())
        : evidence.raw().lines().toList();
  }

  private static String more(Evidence evidence) {
    String masked =
        evidence.masked().isEmpty() ? "" : ", masked: " + String.join(", ", evidence.masked());
    return masked + (evidence.truncated() ? ", cut" : "");
  }
}
