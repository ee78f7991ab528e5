package io.stridewatch.rule;

import io.stridewatch.Source;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Logic.Detection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Sigma filter (Sigma filters specification 2.1): what its selections describe, the rules that it
 * names no longer tell. The specification writes {@code condition: selection} for that, pySigma
 * {@code condition: not selection}; both are read so.
 *
 * @param rules what it calls the rules; {@code any} means all of its log source
 * @param kept what a record must be for these rules to tell it
 */
record Filter(
    String title,
    List<String> rules,
    Source source,
    Condition kept,
    Map<String, Condition> selections,
    String file,
    int line) {

  private static final String ANY = "any";

  /** Reads the {@code filter} of a document. */
  static Filter of(Keys document, Source source, String file, Lists lists) {
    Keys keys = new Keys(document.needed("filter"), "filter");
    List<String> rules = Yaml.scalars(keys.needed("rules"), "'rules'");
    if (rules.isEmpty()) {
      throw new UnreadableRuleException(
          keys.line("rules"), "the filter names no rule: write ids or names, or any");
    }
    Detection detection = new DetectionReader(keys, "rules").read(lists);
    Condition condition = detection.condition();
    return new Filter(
        document.text("title"),
        rules,
        source,
        isNegative(condition) ? condition : new Not(condition),
        detection.selections(),
        file,
        document.line());
  }

  private static boolean isNegative(Condition condition) {
    if (condition instanceof And and) {
      return and.parts().stream().allMatch(Filter::isNegative);
    } else if (condition instanceof Or or) {
      return or.parts().stream().allMatch(Filter::isNegative);
    }
    return condition instanceof Not;
  }

  /** Whether it speaks of a rule, by one of its names or by {@code any}. */
  boolean names(Rule rule) {
    return rules.contains(ANY) ? rule.source() == source : rules.stream().anyMatch(rule::isCalled);
  }

  /** The rule with this exception. */
  Rule appliedTo(Rule rule) {
    Detection detection = (Detection) rule.logic();
    Map<String, Condition> selections = new LinkedHashMap<>(detection.selections());
    String own = "filter " + title + ": ";
    this.selections.forEach((name, selection) -> selections.put(own + name, selection));
    return rule.with(
        new Detection(new And(List.of(detection.condition(), kept)), detection.text(), selections));
  }
}
