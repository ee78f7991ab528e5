package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Logic.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The index over the rules of one source. The event's kind tells which fields rules look at (
 * {@link Gates}), the values of these which rules come into question ({@link Necessary}), and the
 * whole condition in short which are left ({@link Sieve}).
 */
final class SourceIndex {
  /** Kinds that come are few; those that a stranger makes up must not fill the memory. */
  private static final int PLANS = 1024;

  private final List<Entry> always = new ArrayList<>();
  private final Lookup[] lookups;
  private final Answers answers = new Answers();
  private final Gates gates = new Gates(answers);
  private final Map<Kinds, Lookup[]> plans = new HashMap<>();
  private final int[] found;
  private final BitSet exact = new BitSet();
  private int count;

  SourceIndex(List<CompiledRule> rules) {
    Map<Condition, List<CompiledRule>> same = new LinkedHashMap<>();
    for (CompiledRule rule : rules) {
      Condition condition = ((Detection) rule.rule().logic()).condition();
      same.computeIfAbsent(condition, any -> new ArrayList<>()).add(rule);
    }
    List<CompiledRule> firsts = same.values().stream().map(some -> some.get(0)).toList();
    Map<CompiledRule, Necessary> chosen = Necessary.chosen(firsts);
    Map<Integer, Lookup> lookups = new HashMap<>();
    for (List<CompiledRule> some : same.values()) {
      Condition condition = ((Detection) some.get(0).rule().logic()).condition();
      Entry entry = new Entry(some, gates.of(condition), Sieve.of(condition, answers));
      if (entry.sieve.exact()) {
        some.forEach(rule -> exact.set(rule.number()));
      }
      Necessary necessary = chosen.get(some.get(0));
      if (necessary == null) {
        always.add(entry);
      } else {
        for (Clue clue : necessary.clues()) {
          int slot = answers.slot(clue.field());
          lookups.computeIfAbsent(slot, Lookup::new).put(clue, entry);
        }
      }
    }
    this.lookups = lookups.values().toArray(Lookup[]::new);
    found = new int[rules.size()];
  }

  int[] candidates(AuditEvent event) {
    answers.begin(event);
    long[] kinds = gates.ofEvent();
    count = 0;
    tryOut(always, kinds);
    for (Lookup lookup : plan(kinds)) {
      find(lookup, kinds);
    }
    return Arrays.copyOf(found, count);
  }

  /** Whether the event asked about last matches that rule, which was found, for certain. */
  boolean decides(int number) {
    return exact.get(number) && answers.haveOneView();
  }

  /** What an event of these kinds has to be looked up for. */
  private Lookup[] plan(long[] kinds) {
    Kinds key = new Kinds(kinds, Arrays.hashCode(kinds));
    Lookup[] plan = plans.get(key);
    if (plan == null) {
      plan = Arrays.stream(lookups).filter(lookup -> lookup.lets(kinds)).toArray(Lookup[]::new);
      if (plans.size() == PLANS) {
        plans.clear();
      }
      plans.put(key, plan);
    }
    return plan;
  }

  private record Kinds(long[] words, int hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Kinds kinds && Arrays.equals(words, kinds.words);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private void find(Lookup lookup, long[] kinds) {
    List<String> have = answers.of(lookup.slot);
    for (int i = 0; i < have.size(); i++) {
      List<Entry> some = lookup.values.get(have.get(i));
      if (some != null) {
        tryOut(some, kinds);
      }
    }
    if (!lookup.present.isEmpty() && answers.isThere(lookup.slot)) {
      tryOut(lookup.present, kinds);
    }
  }

  private void tryOut(List<Entry> entries, long[] kinds) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.tried != answers.turn() && Gates.lets(entry.gate, kinds)) {
        entry.tried = answers.turn();
        if (entry.sieve.passes(answers)) {
          for (int number : entry.numbers) {
            found[count++] = number;
          }
        }
      }
    }
  }

  /** Rules that ask the same; {@code tried} is the turn in which it was looked at last. */
  private static final class Entry {
    private final int[] numbers;
    private final long[] gate;
    private final Sieve sieve;
    private long tried = -1;

    Entry(List<CompiledRule> rules, long[] gate, Sieve sieve) {
      this.numbers = rules.stream().mapToInt(CompiledRule::number).toArray();
      this.gate = gate;
      this.sieve = sieve;
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

    /** Whether some rule here is about events of these kinds. */
    boolean lets(long[] kinds) {
      return Stream.concat(Stream.of(present), values.values().stream())
          .flatMap(List::stream)
          .anyMatch(entry -> Gates.lets(entry.gate, kinds));
    }
  }
}
