package io.stridewatch.rule;

import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what is wrong with rules although they can be read. */
public final class Lint {
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]+)}");

  /** What a template may name that is no field. */
  private static final Set<String> WORDS = Set.of("actor", "target", "rule", "title", "count");

  private final List<Fault> findings = new ArrayList<>();
  private final Map<String, Rule> seen = new HashMap<>();

  private Lint() {}

  /** The faults of the set's files, then the findings, rule by rule. */
  public static List<Fault> of(RuleSet rules) {
    Lint lint = new Lint();
    lint.findings.addAll(rules.faults());
    lint.findings.addAll(rules.ignored());
    lint.findings.addAll(rules.hints());
    rules.rules().forEach(rule -> lint.look(rule, rules.isFalcos(rule)));
    return List.copyOf(lint.findings);
  }

  /** What is worth knowing and nothing wrong: custom keys, which are kept and left alone. */
  public static List<Fault> notes(RuleSet rules) {
    Lint lint = new Lint();
    for (Rule rule : rules.rules()) {
      rule.others().stream()
          .filter(key -> !Suggestion.isNear(key, RuleReader.OURS))
          .forEach(key -> lint.find(rule, "note: '" + key + "' is a key of its own, left alone"));
    }
    return List.copyOf(lint.findings);
  }

  private void look(Rule rule, boolean falcos) {
    Rule before = seen.putIfAbsent(rule.id(), rule);
    if (before != null) {
      find(rule, "id '" + rule.id() + "' is also in " + before.file() + ": give one another id");
    }
    if (!rule.silent() && !falcos) {
      alerts(rule);
    }
    misspelled(rule);
    fields(rule);
    if (rule.logic() instanceof Correlation correlation) {
      horizon(rule, correlation);
    } else {
      Condition condition = ((Detection) rule.logic()).condition();
      Contradictions.of(condition).forEach(message -> find(rule, message));
      cost(rule, condition);
    }
  }

  private void alerts(Rule rule) {
    if (rule.examples().stream().noneMatch(example -> example.fires() > 0)) {
      find(rule, "no example fires: add one under 'examples' with fires: 1");
    }
    if (rule.examples().stream().noneMatch(example -> example.fires() == 0)) {
      find(rule, "no example stays silent: add one under 'examples' with fires: 0");
    }
    if (rule.stride().isEmpty()) {
      find(rule, "no kind of threat: add 'stride'");
    }
    if (rule.remedy().isEmpty()) {
      find(rule, "nothing says what to do: add 'remedy'");
    }
  }

  private void misspelled(Rule rule) {
    for (String key : rule.others()) {
      String suggestion = Suggestion.of(key, RuleReader.OURS);
      if (suggestion.startsWith("did")) {
        find(rule, "unknown key '" + key + "' is left alone: " + suggestion);
      }
    }
  }

  private void fields(Rule rule) {
    Set<String> asked = new LinkedHashSet<>();
    if (rule.logic() instanceof Detection detection) {
      asked.addAll(FieldsAsked.of(detection.condition()));
      asked.addAll(named(rule.summary() + rule.group()));
    } else if (rule.logic() instanceof Correlation correlation) {
      correlated(rule, correlation);
      if (correlation.epl() != null) {
        reckoned(rule, correlation);
      }
    }
    asked.removeAll(WORDS);
    asked.stream()
        .filter(field -> !FieldReference.knows(rule.source(), field))
        .forEach(field -> unknown(rule, rule, field));
  }

  /** Each field in the records of each rule that the correlation names. */
  private void correlated(Rule rule, Correlation correlation) {
    for (int i = 0; i < correlation.rules().size(); i++) {
      Rule part = correlation.rules().get(i);
      Set<String> asked = new LinkedHashSet<>();
      for (Logic.Group group : correlation.groupBy()) {
        asked.add(group.fields().get(i));
      }
      if (correlation.threshold() != null) {
        asked.addAll(correlation.threshold().fields());
      }
      asked.stream()
          .filter(field -> !FieldReference.knows(part.source(), field))
          .forEach(field -> unknown(rule, part, field));
    }
  }

  /** A field that no record of any of its rules has. */
  private void reckoned(Rule rule, Correlation correlation) {
    Rule first = correlation.rules().get(0);
    correlation.epl().fields().stream()
        .filter(
            field ->
                correlation.rules().stream()
                    .noneMatch(part -> FieldReference.knows(part.source(), field)))
        .forEach(field -> unknown(rule, first, field));
  }

  private static Set<String> named(String template) {
    Set<String> names = new LinkedHashSet<>();
    Matcher braces = BRACES.matcher(template);
    while (braces.find()) {
      names.add(braces.group(1).trim());
    }
    return names;
  }

  private void unknown(Rule rule, Rule of, String field) {
    find(
        rule,
        "no event of "
            + of.source().label()
            + " has a field '"
            + field
            + "': "
            + FieldReference.suggestion(of.source(), field));
  }

  private void horizon(Rule rule, Correlation correlation) {
    if (correlation.timespan().toDays() > 31) {
      find(rule, "its timespan is over 31 days: events are kept for 7 by default, shorten it");
    }
    if (correlation.groupBy().isEmpty()) {
      find(rule, "no 'group-by': it counts over a whole host or cluster; name a field");
    }
  }

  /** Whether some equality must hold: else each event goes through the whole condition. */
  private void cost(Rule rule, Condition condition) {
    String bare = FieldsAsked.bare(condition);
    if (bare != null) {
      find(
          rule,
          "it looks at every event ("
              + bare
              + "): add a field that must equal a value, such as "
              + usual(rule)
              + ", to that selection");
    }
  }

  private static String usual(Rule rule) {
    return switch (rule.source()) {
      case AUDITD -> "type or change";
      case KUBERNETES -> "verb or resource";
      default -> "action";
    };
  }

  private void find(Rule rule, String message) {
    findings.add(new Fault(rule.file(), rule.line(), rule.id() + ": " + message));
  }

  /** Without its wrapper. */
  static Condition inner(Condition condition) {
    return condition instanceof AnyView view ? view.part() : condition;
  }
}
