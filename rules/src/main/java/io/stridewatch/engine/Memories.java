package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** The rules with memory of one engine, and the rules that they are made of. */
final class Memories {
  private final Map<Integer, List<Memory>> byPart = new HashMap<>();
  private final Set<Source> sources = EnumSet.noneOf(Source.class);
  private final Map<Integer, AtomicLong> open = new HashMap<>();
  private boolean chained;

  Memories(List<CompiledRule> rules) {
    this(rules, null);
  }

  /** Of rules some of which the others have, too, under the same numbers. */
  Memories(List<CompiledRule> rules, Memories before) {
    Map<String, Integer> numbers = new HashMap<>();
    rules.forEach(rule -> numbers.put(rule.rule().place(), rule.number()));
    for (CompiledRule rule : rules) {
      if (rule.rule().logic() instanceof Correlation correlation) {
        List<Integer> parts = new ArrayList<>();
        correlation.rules().forEach(part -> parts.add(numbers.getOrDefault(part.place(), -1)));
        AtomicLong windows = before == null ? null : before.open.get(rule.number());
        open.put(rule.number(), windows == null ? new AtomicLong() : windows);
        add(new Memory(rule.number(), rule.name(), correlation, parts, open.get(rule.number())));
      }
    }
  }

  private void add(Memory memory) {
    for (int part : new TreeSet<>(memory.parts())) {
      byPart.computeIfAbsent(part, any -> new ArrayList<>()).add(memory);
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

  private List<Match> matches(Fired fired, List<Integer> matched) {
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

  /** Windows with something in them. */
  long open() {
    return open.values().stream().mapToLong(AtomicLong::get).sum();
  }
}
