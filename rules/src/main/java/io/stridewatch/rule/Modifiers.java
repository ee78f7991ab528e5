package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A key of a selection: the field, and what its modifiers ask (Sigma modifiers appendix 2.1).
 *
 * @param field empty for keywords; with a time modifier {@code hour(field)} and the like
 * @param operator what {@code contains}, {@code re} and the like say; {@link Operator#EQUAL}
 *     without
 * @param expand whether {@code %name%} stands for the values of a list
 * @param flags of a regular expression, such as {@code im}
 * @param transformations {@code windash}, {@code wide}, {@code base64} ... in their order
 */
record Modifiers(
    String field,
    Operator operator,
    boolean all,
    boolean cased,
    boolean negated,
    boolean expand,
    String flags,
    List<String> transformations) {

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
          Map.entry("fieldref", Operator.SAME_AS),
          Map.entry("within", Operator.WITHIN),
          Map.entry("below", Operator.BELOW),
          Map.entry("above", Operator.ABOVE));
  private static final Set<String> SWITCHES = Set.of("all", "cased", "neq", "expand");
  private static final Set<String> FLAGS = Set.of("i", "m", "s");
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
          "within",
          "below",
          "above",
          "expand",
          "windash",
          "base64",
          "base64offset",
          "utf16",
          "utf16le",
          "utf16be",
          "wide",
          "minute",
          "hour",
          "day",
          "week",
          "month",
          "year");

  /** Reads {@code field|modifier|modifier}. */
  static Modifiers of(String key, int line) {
    List<String> words = List.of(key.split("\\|", -1));
    return new Reading(key, line).read(words.get(0), words.subList(1, words.size()));
  }

  private static final class Reading {
    private final String key;
    private final int line;
    private Operator operator;
    private String part;
    private final List<String> switches = new ArrayList<>();
    private final StringBuilder flags = new StringBuilder();
    private final List<String> transformations = new ArrayList<>();

    Reading(String key, int line) {
      this.key = key;
      this.line = line;
    }

    Modifiers read(String field, List<String> words) {
      words.forEach(this::word);
      return new Modifiers(
          part == null ? field : TimePart.field(part, field),
          operator == null ? Operator.EQUAL : operator,
          switches.contains("all"),
          switches.contains("cased"),
          switches.contains("neq"),
          switches.contains("expand"),
          flags.toString(),
          List.copyOf(transformations));
    }

    private void word(String word) {
      if (OPERATORS.containsKey(word)) {
        only(operator);
        operator = OPERATORS.get(word);
      } else if (TimePart.isKnown(word)) {
        only(part);
        part = word;
      } else if (Encodings.isKnown(word)) {
        transformations.add(word);
      } else if (SWITCHES.contains(word)) {
        switches.add(word);
      } else if (operator == Operator.MATCHES && FLAGS.contains(word)) {
        flags.append(word);
      } else {
        throw unknown(word);
      }
    }

    private void only(Object before) {
      if (before != null) {
        throw new UnreadableRuleException(
            line, "'" + key + "' has two modifiers that exclude each other: keep one of them");
      }
    }

    private UnreadableRuleException unknown(String word) {
      String advice =
          FLAGS.contains(word) ? "it goes behind re, |re|" + word : Suggestion.of(word, KNOWN);
      return new UnreadableRuleException(
          line, "unknown modifier '" + word + "' in '" + key + "': " + advice);
    }
  }
}
