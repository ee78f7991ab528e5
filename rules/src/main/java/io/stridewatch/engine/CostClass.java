package io.stridewatch.engine;

import io.stridewatch.rule.Lane;
import io.stridewatch.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** How many events a rule costs something for, as the index sees it. */
public enum CostClass {
  /** A value is looked up: only events that have it. */
  VALUE,
  /** A field is looked for: only events that have it, whatever its value. */
  FIELD,
  /** Every event of its source. */
  LINEAR,
  /** Of a rule with memory: what the rules that it is made of match. */
  MATCHES;

  private static final int SHOWN = 4;

  /** Of a rule by itself. */
  public static CostClass of(Rule rule) {
    if (rule.lane() == Lane.MEMORY) {
      return MATCHES;
    }
    List<Necessary> choices = choices(rule);
    if (choices.isEmpty()) {
      return LINEAR;
    }
    boolean values =
        choices.stream().anyMatch(choice -> choice.clues().stream().allMatch(Clue::isValue));
    return values ? VALUE : FIELD;
  }

  private static List<Necessary> choices(Rule rule) {
    return Necessary.all(new CompiledRule(0, 0, rule, "", "", null));
  }

  /** In words: by which fields its events are found. */
  public static String words(Rule rule) {
    CostClass of = of(rule);
    TreeSet<String> fields = new TreeSet<>();
    if (of == VALUE || of == FIELD) {
      choices(rule).forEach(choice -> choice.clues().forEach(clue -> fields.add(clue.field())));
    }
    String some = String.join(", ", fields.stream().limit(SHOWN).toList());
    return switch (of) {
      case VALUE -> "value: only events with one of its values are looked at (" + some + ")";
      case FIELD -> "field: every event that has one of its fields is looked at (" + some + ")";
      case LINEAR -> "linear: every event of its source is looked at; add a field and its value";
      case MATCHES -> "matches: it sees what the rules that it names match, and nothing else";
    };
  }

  /** As {@code rules} commands write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
