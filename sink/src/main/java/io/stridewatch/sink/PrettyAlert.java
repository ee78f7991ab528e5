package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Stride;
import io.stridewatch.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An alert for people: a headline that says when, how bad, which STRIDE letter, where and who did
 * what, and below it why it matters, what to do, who, what, how often, and the record that proves
 * it. Fits into the given columns, four to six alerts on a screen of 24 lines; what it leaves out
 * is marked with an ellipsis and stands in the JSON form. Text from records is escaped. Immutable.
 */
public final class PrettyAlert {
  private static final int INDENT = 2;
  private static final int LABEL = 6;
  private static final int GAP = 2;
  private static final int LONGEST = 2000;
  private static final Set<String> UNTOLD =
      Set.of("kind", "name", "exe", "inode", "pid", "ppid", "session");

  /** What a value of these is shows in itself. */
  private static final Set<String> PLAIN = Set.of("address", "id", "image");

  private static final Set<String> UNSET = Set.of("", "unset", "(none)", "(null)", "?");
  private static final Pattern LONG_ID = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");

  private final int columns;
  private final Paint paint;

  /**
   * For an output of that many columns (40 at least).
   *
   * @param colour whether colours may be used
   */
  public PrettyAlert(int columns, boolean colour) {
    this.columns = Math.max(40, columns);
    this.paint = new Paint(colour);
  }

  /** For that terminal, pipe or file. */
  public PrettyAlert(Terminal terminal) {
    this(terminal.columns(), terminal.colour());
  }

  /** The alert in lines, each ended by a newline. */
  public String text(Alert alert) {
    StringBuilder out = new StringBuilder(1024);
    headline(out, alert);
    row(out, "why", why(alert), 1);
    row(out, "do", alert.remedy(), 2);
    packed(out, parts(alert));
    if (!alert.evidence().isEmpty()) {
      Evidence newest = alert.evidence().get(alert.evidence().size() - 1);
      row(out, "proof", briefly(Proof.line(newest)), 1);
    }
    return out.toString();
  }

  private void headline(StringBuilder out, Alert alert) {
    String time = moment(alert.time());
    String severity = String.format("%-8s", alert.severity().label().toUpperCase(Locale.ROOT));
    String letters = String.format("%-2s", letters(alert.stride()));
    String scope =
        Columns.cut(Columns.shown(alert.scope(), LONGEST), Math.min(columns / 4, columns - 34));
    String plain = String.join(" ", time, severity, letters, scope, "");
    out.append(paint.faint(time)).append(' ').append(paint.severity(alert.severity(), severity));
    out.append(' ').append(paint.bold(letters)).append(' ').append(scope);
    List<String> lines = wrap(summary(alert), Columns.width(plain), INDENT, 4);
    out.append(lines.get(0).isEmpty() ? "" : " ").append(paint.bold(lines.get(0))).append('\n');
    for (String line : lines.subList(1, lines.size())) {
      out.append(" ".repeat(INDENT)).append(paint.bold(line)).append('\n');
    }
  }

  /** The headline names the scope before it: a summary need not end with it again. */
  static String summary(Alert alert) {
    String scope = " on " + alert.scope();
    String text = alert.summary();
    return briefly(text.endsWith(scope) ? text.substring(0, text.length() - scope.length()) : text);
  }

  /** Its STRIDE letters, or a dash. */
  static String letters(List<Stride> stride) {
    return stride.isEmpty()
        ? "-"
        : stride.stream().map(s -> String.valueOf(s.letter())).collect(Collectors.joining());
  }

  /** In full where that fits on a line, else without the words that the headline implies. */
  private String why(Alert alert) {
    String stride =
        alert.stride().stream()
            .map(kind -> kind.label().replace('-', ' ') + ", ")
            .collect(Collectors.joining());
    String threats = alert.threats().stream().map(id -> id + ", ").collect(Collectors.joining());
    String full = alert.title() + " (" + stride + threats + "rule " + alert.rule() + ")";
    return fitsRow(full) ? full : alert.title() + " (" + threats + alert.rule() + ")";
  }

  /** Who and what on one row where that has room for both. */
  private List<Part> parts(Alert alert) {
    List<Part> parts = new ArrayList<>();
    String actor = alert.actor() == null ? "" : party(alert.actor());
    String target = alert.target() == null ? "" : party(alert.target());
    String both = actor + " → " + target;
    if (!actor.isEmpty() && !target.isEmpty() && fitsRow(both)) {
      parts.add(new Part("who", both));
    } else {
      parts.add(new Part("who", actor));
      parts.add(new Part("what", target));
    }
    if (alert.count() > 1) {
      boolean untilNow = alert.last().equals(alert.time());
      String end = untilNow ? "" : " to " + moment(alert.last());
      parts.add(new Part("seen", alert.count() + " times since " + moment(alert.first()) + end));
    }
    parts.removeIf(part -> part.text.isEmpty());
    return parts;
  }

  private boolean fitsRow(String text) {
    return Columns.width(Columns.shown(text, LONGEST)) <= columns - INDENT - LABEL;
  }

  private record Part(String label, String text) {}

  /** {@code alice (uid 1000, 10.0.0.7)}; a kind that goes without saying is left out. */
  private static String party(Map<String, String> entity) {
    String name = entity.getOrDefault("name", "?");
    String kind = entity.getOrDefault("kind", "?");
    List<String> more = new ArrayList<>();
    if (!kind.equals("user")) {
      more.add(kind);
    }
    entity.forEach(
        (key, value) -> {
          if (!UNTOLD.contains(key) && !UNSET.contains(value) && !value.equals(name)) {
            more.add(PLAIN.contains(key) ? value : key + " " + value);
          }
        });
    return briefly(more.isEmpty() ? name : name + " (" + String.join(", ", more) + ")");
  }

  /** Long ids as people know them, by their first twelve digits. */
  private static String briefly(String text) {
    return LONG_ID.matcher(text).replaceAll("$1");
  }

  /** Short rows stand beside each other where they fit on a line. */
  private void packed(StringBuilder out, List<Part> parts) {
    int used = 0;
    for (Part part : parts) {
      String text = Columns.cut(Columns.shown(part.text, LONGEST), columns - INDENT - LABEL);
      int width = LABEL + Columns.width(text);
      boolean fits = used > 0 && used + GAP + width <= columns;
      out.append(fits ? " ".repeat(GAP) : used > 0 ? "\n" : "");
      out.append(fits ? "" : " ".repeat(INDENT)).append(label(part.label)).append(text);
      used = fits ? used + GAP + width : INDENT + width;
    }
    out.append(parts.isEmpty() ? "" : "\n");
  }

  private void row(StringBuilder out, String label, String text, int most) {
    if (text.isEmpty()) {
      return;
    }
    List<String> lines = wrap(text, INDENT + LABEL, INDENT + LABEL, most);
    out.append(" ".repeat(INDENT)).append(label(label)).append(lines.get(0)).append('\n');
    for (String line : lines.subList(1, lines.size())) {
      out.append(" ".repeat(INDENT + LABEL)).append(line).append('\n');
    }
  }

  private String label(String label) {
    return paint.faint(String.format("%-" + LABEL + "s", label));
  }

  private List<String> wrap(String text, int taken, int indent, int most) {
    return Columns.wrap(Columns.shown(text, LONGEST), columns - taken, columns - indent, most);
  }

  private static String moment(Instant time) {
    return Times.seconds(time).replace('T', ' ');
  }
}
