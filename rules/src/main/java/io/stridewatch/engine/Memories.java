package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.rule.Logic.Correlation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** The rules with memory of one engine, and the rules that they are made of. */
final class Memories {
  private final Map<Integer, List<Memory>> byPart = new HashMap<>();
  private final Set<Source> sources = EnumSet.noneOf(Source.class);
  private final AtomicLong open = new AtomicLong();

  Memories(List<CompiledRule> rules) {
    Map<String, Integer> numbers = new HashMap<>();
    rules.forEach(rule -> numbers.put(rule.rule().place(), rule.number()));
    for (CompiledRule rule : rules) {
      if (rule.rule().logic() instanceof Correlation correlation) {
        List<Integer> parts = new ArrayList<>();
        correlation.rules().forEach(part -> parts.add(numbers.getOrDefault(part.place(), -1)));
        add(new Memory(rule.number(), rule.name(), correlation, parts, open));
      }
    }
  }

  private void add(Memory memory) {
    for (int part : new TreeSet<>(memory.parts())) {
      byPart.computeIfAbsent(part, any -> new ArrayList<>()).add(memory);
    }
    memory.correlation().rules().forEach(rule -> sources.add(rule.source()));
  }

  /** Whether some rule with memory is about events of the source. */
  boolean reads(Source source) {
    return sources.contains(source);
  }

  /** What the rules with memory make of an event that matches the rules of these numbers. */
  List<Match> matches(AuditEvent event, List<Integer> matched) {
    Map<Memory, Long> steps = new HashMap<>();
    for (int number : matched) {
      for (Memory memory : byPart.getOrDefault(number, List.of())) {
        steps.merge(memory, memory.steps(number), (one, other) -> one | other);
      }
    }
    List<Match> matches = new ArrayList<>();
    steps.forEach(
        (memory, some) -> {
          Match match = memory.match(event, some);
          if (match != null) {
            matches.add(match);
          }
        });
    return matches;
  }

  /** Windows with something in them. */
  long open() {
    return open.get();
  }
}
