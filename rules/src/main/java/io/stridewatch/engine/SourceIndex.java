package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.rule.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The index over the rules of one source. */
final class SourceIndex {
  private final List<Entry> entries = new ArrayList<>();
  private final List<Entry> always = new ArrayList<>();
  private final List<Lookup> lookups = new ArrayList<>();
  private final Answers answers = new Answers();
  private int[] found;
  private int count;

  SourceIndex(List<CompiledRule> rules) {
    Map<CompiledRule, Necessary> chosen = Necessary.chosen(rules);
    Map<Integer, Lookup> bySlot = new HashMap<>();
    for (CompiledRule rule : rules) {
      Necessary first = chosen.get(rule);
      Entry entry = new Entry(rule.number(), checks(rule, first));
      entries.add(entry);
      if (first == null) {
        always.add(entry);
      } else {
        for (Clue clue : first.clues()) {
          int slot = answers.slot(clue.field());
          bySlot.computeIfAbsent(slot, Lookup::new).put(clue, entry);
        }
      }
    }
    lookups.addAll(bySlot.values());
    found = new int[entries.size()];
  }

  /** What must hold; that under which the rule stands is known to, if it is a value. */
  private List<Check> checks(CompiledRule rule, Necessary first) {
    List<Check> checks = new ArrayList<>();
    for (Necessary necessary : Necessary.all(rule)) {
      if (!necessary.equals(first) || !necessary.clues().stream().allMatch(Clue::isValue)) {
        checks.add(check(necessary));
      }
    }
    return checks;
  }

  private Check check(Necessary necessary) {
    Map<Integer, List<Clue>> bySlot = new HashMap<>();
    for (Clue clue : necessary.clues()) {
      int slot = answers.slot(clue.field());
      bySlot.computeIfAbsent(slot, any -> new ArrayList<>()).add(clue);
    }
    return new Check(bySlot.entrySet().stream().map(OneOf::of).toList());
  }

  int[] candidates(AuditEvent event) {
    answers.begin(event);
    count = 0;
    always.forEach(this::tryOut);
    for (int i = 0; i < lookups.size(); i++) {
      find(lookups.get(i));
    }
    return Arrays.copyOf(found, count);
  }

  private void find(Lookup lookup) {
    List<String> have = answers.of(lookup.slot);
    for (int i = 0; i < have.size(); i++) {
      List<Entry> some = lookup.values.get(have.get(i));
      if (some != null) {
        some.forEach(this::tryOut);
      }
    }
    if (!lookup.present.isEmpty() && answers.isThere(lookup.slot)) {
      lookup.present.forEach(this::tryOut);
    }
  }

  private void tryOut(Entry entry) {
    if (entry.tried != answers.turn()) {
      entry.tried = answers.turn();
      for (Check check : entry.checks) {
        if (!check.holds(answers)) {
          return;
        }
      }
      found[count++] = entry.number;
    }
  }

  /** A rule; {@code tried} is the turn in which it was looked at last. */
  private static final class Entry {
    private final int number;
    private final List<Check> checks;
    private long tried = -1;

    Entry(int number, List<Check> checks) {
      this.number = number;
      this.checks = checks;
    }
  }

  /** The rules that stand under values of one field. */
  private static final class Lookup {
    private final int slot;
    private final Map<String, List<Entry>> values = new HashMap<>();
    private final List<Entry> present = new ArrayList<>();

    Lookup(int slot) {
      this.slot = slot;
    }

    void put(Clue clue, Entry entry) {
      List<Entry> under =
          clue.isValue()
              ? values.computeIfAbsent(clue.value(), value -> new ArrayList<>())
              : present;
      under.add(entry);
    }
  }

  /** One of these must hold. */
  private record Check(List<OneOf> any) {
    boolean holds(Answers answers) {
      for (int i = 0; i < any.size(); i++) {
        if (any.get(i).holds(answers)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * One of these must hold of a field.
   *
   * @param values those that are values, to be looked up
   */
  private record OneOf(int slot, Set<String> values, List<Clue> others) {
    static OneOf of(Map.Entry<Integer, List<Clue>> slot) {
      Set<String> values = new HashSet<>();
      slot.getValue().stream().filter(Clue::isValue).map(Clue::value).forEach(values::add);
      List<Clue> others = slot.getValue().stream().filter(clue -> !clue.isValue()).toList();
      return new OneOf(slot.getKey(), values, others);
    }

    boolean holds(Answers answers) {
      List<String> have = answers.of(slot);
      for (int i = 0; i < have.size() && !values.isEmpty(); i++) {
        if (values.contains(have.get(i))) {
          return true;
        }
      }
      for (int i = 0; i < others.size(); i++) {
        Clue clue = others.get(i);
        if (clue.holds(have) || clue.operator() == Operator.EXISTS && answers.isThere(slot)) {
          return true;
        }
      }
      return false;
    }
  }
}
