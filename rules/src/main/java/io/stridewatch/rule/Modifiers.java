package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A key of a selection: the field, and what its modifiers ask (Sigma modifiers appendix 2.1).
 *
 * @param operator what {@code contains}, {@code re} and the like say; {@link Operator#EQUAL}
 *     without
 * @param flags of a regular expression, such as {@code im}
 * @param encodings {@code windash}, {@code base64}, {@code base64offset} in their order
 */
record Modifiers(
    String field,
    Operator operator,
    boolean all,
    boolean cased,
    boolean negated,
    String flags,
    List<String> encodings) {

  private static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          Map.entry("contains", Operator.CONTAINS),
          Map.entry("startswith", Operator.STARTS_WITH),
          Map.entry("endswith", Operator.ENDS_WITH),
          Map.entry("re", Operator.MATCHES),
          Map.entry("cidr", Operator.CIDR),
          Map.entry("exists", Operator.EXISTS),
          Map.entry("lt", Operator.LESS),
          Map.entry("lte", Operator.LESS_OR_EQUAL),
          Map.entry("gt", Operator.GREATER),
          Map.entry("gte", Operator.GREATER_OR_EQUAL),
          Map.entry("fieldref", Operator.SAME_AS));
  private static final List<String> FLAGS = List.of("i", "m", "s");
  private static final List<String> ENCODINGS = List.of("windash", "base64", "base64offset");
  private static final List<String> KNOWN =
      List.of(
          "contains",
          "startswith",
          "endswith",
          "all",
          "re",
          "cidr",
          "exists",
          "cased",
          "lt",
          "lte",
          "gt",
          "gte",
          "neq",
          "fieldref",
          "windash",
          "base64",
          "base64offset");

  /** Reads {@code field|modifier|modifier}. */
  static Modifiers of(String key, int line) {
    String[] words = key.split("\\|", -1);
    Operator operator = null;
    boolean all = false;
    boolean cased = false;
    boolean negated = false;
    StringBuilder flags = new StringBuilder();
    List<String> encodings = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      if (OPERATORS.containsKey(word)) {
        operator = joined(operator, OPERATORS.get(word), key, line);
      } else if (ENCODINGS.contains(word)) {
        encodings.add(word);
      } else if (operator == Operator.MATCHES && FLAGS.contains(word)) {
        flags.append(word);
      } else {
        all |= word.equals("all");
        cased |= word.equals("cased");
        negated |= word.equals("neq");
        known(word, key, line);
      }
    }
    operator = operator == null ? Operator.EQUAL : operator;
    return new Modifiers(
        words[0], operator, all, cased, negated, flags.toString(), List.copyOf(encodings));
  }

  private static Operator joined(Operator before, Operator next, String key, int line) {
    if (before != null) {
      throw new UnreadableRuleException(
          line, "'" + key + "' has two modifiers that exclude each other: keep one of them");
    }
    return next;
  }

  private static void known(String word, String key, int line) {
    if (!KNOWN.contains(word)) {
      throw new UnreadableRuleException(
          line, "unknown modifier '" + word + "' in '" + key + "': " + Suggestion.of(word, KNOWN));
    }
  }
}
