package io.stridewatch.engine;

import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Clues of which one must hold, in one view of an event or another, if a condition is to be true.
 */
record Necessary(Set<Clue> clues) {
  /** More ways to choose from than this are not looked at. */
  private static final int CHOICES = 64;

  /** From here on nearly every record has the field. */
  private static final String VERY_COMMON = "type";

  /** What most records have in common, so that an index on it would help little; worst last. */
  private static final List<String> COMMON =
      List.of(
          "resource",
          "ka.target.resource",
          "ka.target.namespace",
          "ka.target.name",
          "objectRef.resource",
          "name",
          "namespace",
          "code",
          "key",
          "keys",
          "person",
          "decision",
          "change",
          "action",
          "syscall",
          "SYSCALL",
          "exit",
          "verb",
          "ka.verb",
          VERY_COMMON,
          "Type",
          "success",
          "stage",
          "ka.stage",
          "level",
          "ARCH",
          "arch",
          "apiVersion",
          "kind",
          "source",
          "scope");

  /** All that must hold of a rule about one event, each by itself. */
  static List<Necessary> all(CompiledRule rule) {
    return choices(((Detection) rule.rule().logic()).condition());
  }

  /**
   * For each rule that has one, that which fewest rules share: values of its own, before values of
   * common fields.
   */
  static Map<CompiledRule, Necessary> chosen(List<CompiledRule> rules) {
    Map<CompiledRule, List<Necessary>> choices = new HashMap<>();
    Map<Clue, Integer> shared = new HashMap<>();
    Map<String, Integer> fields = new HashMap<>();
    for (CompiledRule rule : rules) {
      List<Necessary> some = all(rule);
      choices.put(rule, some);
      some.forEach(choice -> choice.clues.forEach(clue -> shared.merge(clue, 1, Integer::sum)));
      some.stream()
          .flatMap(Necessary::fields)
          .distinct()
          .forEach(field -> fields.merge(field, 1, Integer::sum));
    }
    Map<CompiledRule, Necessary> chosen = new HashMap<>();
    choices.forEach(
        (rule, some) ->
            some.stream().min(fewest(shared, fields)).ifPresent(best -> chosen.put(rule, best)));
    return chosen;
  }

  /** Values that can be looked up come first, then seldom fields, then what nearly all have. */
  private int tier() {
    if (commonness() >= COMMON.indexOf(VERY_COMMON)) {
      return 2;
    }
    return clues.stream().allMatch(Clue::isValue) ? 0 : 1;
  }

  private int commonness() {
    return fields().mapToInt(COMMON::indexOf).max().orElse(0);
  }

  private Stream<String> fields() {
    return clues.stream().map(Clue::field);
  }

  /** Rare values first; then fields that are rare in records; then fields that many rules have. */
  private static Comparator<Necessary> fewest(
      Map<Clue, Integer> shared, Map<String, Integer> fields) {
    return Comparator.comparingInt(Necessary::tier)
        .thenComparingInt(choice -> choice.crowd(shared))
        .thenComparingInt(Necessary::commonness)
        .thenComparingInt(choice -> -choice.fields().mapToInt(fields::get).min().orElse(0))
        .thenComparing(choice -> choice.fields().sorted().collect(Collectors.joining(" ")));
  }

  /** In powers of two, so that small differences do not spread rules over many fields. */
  private int crowd(Map<Clue, Integer> shared) {
    int most = clues.stream().mapToInt(shared::get).max().orElse(0);
    return 32 - Integer.numberOfLeadingZeros(most / 8);
  }

  private static List<Necessary> choices(Condition condition) {
    if (condition instanceof And and) {
      return and.parts().stream().flatMap(part -> choices(part).stream()).limit(CHOICES).toList();
    } else if (condition instanceof AnyView any) {
      return choices(any.part());
    } else if (condition instanceof Or or) {
      return either(or.parts());
    } else if (condition instanceof Test test && test.operator() != Operator.MISSING) {
      return List.of(new Necessary(Clue.of(test)));
    }
    return List.of();
  }

  /**
   * One of each part together. Parts that offer the same fields are joined field by field, so that
   * an or of like selections stays on one field; otherwise each part gives its rarest.
   */
  private static List<Necessary> either(List<Condition> parts) {
    List<List<Necessary>> choices = parts.stream().map(Necessary::choices).toList();
    if (choices.isEmpty() || choices.stream().anyMatch(List::isEmpty)) {
      return List.of();
    }
    List<Necessary> joined = new ArrayList<>();
    for (Necessary first : choices.get(0)) {
      joined.add(joined(first, choices));
    }
    return joined;
  }

  private static Necessary joined(Necessary like, List<List<Necessary>> choices) {
    Set<String> fields = like.fields().collect(Collectors.toSet());
    Comparator<Necessary> best =
        Comparator.comparingInt(Necessary::tier)
            .thenComparing((Necessary choice) -> !choice.fields().allMatch(fields::contains))
            .thenComparingInt(Necessary::commonness);
    Set<Clue> clues = new LinkedHashSet<>();
    choices.forEach(some -> clues.addAll(some.stream().min(best).orElseThrow().clues));
    return new Necessary(clues);
  }
}
