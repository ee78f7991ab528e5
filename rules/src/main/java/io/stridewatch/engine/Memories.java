package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Sha256;
import io.stridewatch.Source;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules with memory of one engine, and the rules that they are made of. */
final class Memories {
  private final Map<Integer, List<Memory>> byPart = new HashMap<>();
  private final BitSet parts = new BitSet();
  private final Set<Source> sources = EnumSet.noneOf(Source.class);
  private final Map<Integer, Groups> groups = new HashMap<>();
  private final Map<String, Memory> memories = new HashMap<>();
  private boolean chained;

  /**
   * Of rules some of which the others have, too, under the same numbers.
   *
   * @param before null when there are no others
   * @param linked whether of those that link scopes, or of those that don't
   */
  Memories(List<CompiledRule> rules, Memories before, boolean linked, Changelog changelog) {
    this(rules, before == null ? Map.of() : before.groups, linked, changelog);
    if (before != null) {
      before.groups.forEach((number, gone) -> forget(number, gone));
    }
  }

  private Memories(
      List<CompiledRule> rules, Map<Integer, Groups> before, boolean linked, Changelog changelog) {
    Map<String, Integer> numbers = new HashMap<>();
    rules.forEach(rule -> numbers.put(rule.rule().place(), rule.number()));
    for (CompiledRule rule : rules) {
      if (rule.rule().logic() instanceof Correlation correlation
          && correlation.linked() == linked) {
        List<Integer> parts = new ArrayList<>();
        correlation.rules().forEach(part -> parts.add(numbers.getOrDefault(part.place(), -1)));
        Groups known = before.get(rule.number());
        Groups own = known == null ? new Groups(tag(rule), changelog) : known;
        groups.put(rule.number(), own);
        add(new Memory(rule.number(), rule.name(), correlation, parts, own));
      }
    }
    for (CompiledRule rule : rules) {
      if (rule.rule().isLinked() != linked) {
        continue;
      }
      reach(rule.rule(), rule.rule().horizon().toNanos(), numbers);
    }
  }

  private void forget(int number, Groups gone) {
    if (!groups.containsKey(number)) {
      gone.forget();
    }
  }

  /** What tells a rule, as it decides, from any other: short, for it stands with each record. */
  static String tag(CompiledRule rule) {
    String whole = rule.name() + "\0" + rule.rule().digest();
    return Sha256.hex(whole).substring(0, 16);
  }

  /** What a rule needs, those need that it is made of. */
  private void reach(Rule rule, long horizon, Map<String, Integer> numbers) {
    if (rule.logic() instanceof Correlation correlation) {
      Groups own = groups.get(numbers.getOrDefault(rule.place(), -1));
      if (own != null) {
        own.reach(horizon);
      }
      correlation.rules().forEach(part -> reach(part, horizon, numbers));
    }
  }

  private void add(Memory memory) {
    memories.put(memory.groups().tag(), memory);
    for (int part : new TreeSet<>(memory.parts())) {
      byPart.computeIfAbsent(part, any -> new ArrayList<>()).add(memory);
      if (part >= 0) {
        parts.set(part);
      }
    }
    read(memory.correlation());
  }

  private void read(Correlation correlation) {
    for (Rule rule : correlation.rules()) {
      sources.add(rule.source());
      if (rule.logic() instanceof Correlation part) {
        chained = true;
        read(part);
      }
    }
  }

  /** Whether some rule with memory is about events of the source. */
  boolean reads(Source source) {
    return sources.contains(source);
  }

  /** Whether some rule with memory is about another one. */
  boolean chained() {
    return chained;
  }

  /** What the rules with memory make of an event that matches the rules of these numbers. */
  List<Match> matches(AuditEvent event, List<Integer> matched) {
    return matches(Fired.at(-1, event), matched);
  }

  /** What the rules with memory make of one of them that fired. */
  List<Match> matches(Fired fired) {
    return matches(fired, List.of(fired.number()));
  }

  /** What they make of a record that matches, or is, the rules of these numbers. */
  List<Match> matches(Fired fired, List<Integer> matched) {
    if (!isPart(matched)) {
      return List.of();
    }
    Map<Memory, Long> steps = new LinkedHashMap<>();
    for (int number : matched) {
      for (Memory memory : byPart.getOrDefault(number, List.of())) {
        steps.merge(memory, memory.steps(number), (one, other) -> one | other);
      }
    }
    List<Match> matches = new ArrayList<>();
    steps.forEach((memory, some) -> matches.addAll(memory.matches(fired, some)));
    return matches;
  }

  /** Whether one of them is made of one of these. */
  boolean isPart(List<Integer> matched) {
    for (int i = 0; i < matched.size(); i++) {
      if (matched.get(i) >= 0 && parts.get(matched.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** The rule with that tag, or null. */
  Memory memory(String tag) {
    return memories.get(tag);
  }

  /** The numbers of the rules that they are made of. */
  Set<Integer> parts() {
    return byPart.keySet();
  }

  /** Whether one of them will be judged when its time is up. */
  boolean awaits() {
    return memories.values().stream()
        .anyMatch(memory -> !memory.correlation().atOnce() && memory.groups().size() > 0);
  }

  /** Windows with something in them. */
  long open() {
    long open = 0;
    for (Groups each : groups.values()) {
      open += each.size();
    }
    return open;
  }

  /** The groups of each rule, by the rule's tag. */
  Map<String, Groups> byTag() {
    Map<String, Groups> byTag = new LinkedHashMap<>();
    new TreeMap<>(groups).values().forEach(each -> byTag.put(each.tag(), each));
    return byTag;
  }

  /** The number of the rule with that tag, or -1. */
  int number(String tag) {
    Memory memory = memories.get(tag);
    return memory == null ? -1 : memory.number();
  }

  /** The tag of the rule with that number. */
  String tag(int number) {
    return groups.get(number).tag();
  }
}
