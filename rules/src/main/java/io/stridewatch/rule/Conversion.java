package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules of another format as a file of ours, in the order of their files, each under the comments
 * that stood before it. Read again it raises the same alerts, to the byte.
 */
public final class Conversion {
  private final StringBuilder out = new StringBuilder();
  private final List<String> faults = new ArrayList<>();

  private Conversion() {}

  /**
   * Of the rules about one event.
   *
   * @param texts of the files that they come from, by name, for their comments
   */
  public static Conversion of(RuleSet rules, Map<String, String> texts) {
    Conversion conversion = new Conversion();
    Map<String, Comments> comments = new LinkedHashMap<>();
    texts.forEach((file, text) -> comments.put(file, Comments.of(text)));
    List<String> files = List.copyOf(texts.keySet());
    rules.rules().stream()
        .sorted(
            Comparator.comparing((Rule rule) -> files.indexOf(rule.file()))
                .thenComparing(Rule::line))
        .forEach(rule -> conversion.add(rule, comments.get(rule.file()).before(rule.line())));
    comments.values().forEach(each -> conversion.lines(each.before(Integer.MAX_VALUE)));
    return conversion;
  }

  private void add(Rule rule, List<String> comments) {
    try {
      String document = RuleText.of(rule);
      out.append(out.length() == 0 ? "" : "---\n");
      lines(comments);
      out.append(document);
    } catch (IllegalArgumentException e) {
      faults.add("rule " + rule.id() + ": " + e.getMessage());
    }
  }

  private void lines(List<String> lines) {
    lines.forEach(line -> out.append(line).append('\n'));
  }

  /** The file. */
  public String text() {
    return out.toString();
  }

  /** Rules that it lacks, and why. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}
