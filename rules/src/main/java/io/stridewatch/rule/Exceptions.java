package io.stridewatch.rule;

import io.stridewatch.rule.Logic.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Filters, put on the rules that they name. What a filter cannot be put on is told, and no fault.
 */
final class Exceptions {
  private final List<Filter> filters;
  private final List<Fault> notes;

  Exceptions(List<Filter> filters, List<Fault> notes) {
    this.filters = filters;
    this.notes = notes;
  }

  /** The rules in their order, each with its exceptions. */
  List<Rule> appliedTo(List<Rule> rules) {
    List<Rule> filtered = new ArrayList<>(rules);
    for (Filter filter : filters) {
      filtered.replaceAll(rule -> filter.names(rule) ? applied(filter, rule) : rule);
      filter.rules().stream()
          .filter(called -> rules.stream().noneMatch(rule -> rule.isCalled(called)))
          .filter(called -> !called.equals("any"))
          .forEach(called -> note(filter, unknown(called, rules)));
    }
    return filtered;
  }

  private Rule applied(Filter filter, Rule rule) {
    if (rule.source() == filter.source() && rule.logic() instanceof Detection) {
      return filter.appliedTo(rule);
    }
    note(
        filter,
        "the filter's log source is not that of rule '" + rule.id() + "', which stays as it is");
    return rule;
  }

  private static String unknown(String called, List<Rule> rules) {
    TreeSet<String> names = new TreeSet<>();
    rules.forEach(rule -> names.add(rule.name().isEmpty() ? rule.id() : rule.name()));
    String meant = Suggestion.isNear(called, names) ? Suggestion.of(called, names) : "";
    return "the filter names rule '"
        + called
        + "', which is not loaded: "
        + (meant.isEmpty() ? "take it out when the rule is gone for good" : meant);
  }

  private void note(Filter filter, String message) {
    notes.add(new Fault(filter.file(), filter.line(), message));
  }
}
