package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Says which rules an event may match, before Esper sees it. Each rule stands under the values one
 * of which some field must have, looked up by hash; what else must hold is tried on the few that
 * were found ({@link Necessary}). Ten times the rules with other constants cost about the same. One
 * instance for one thread.
 */
final class Index {
  private static final int[] NONE = {};
  private final Map<Source, SourceIndex> sources = new EnumMap<>(Source.class);

  /** Over rules about one event. */
  Index(List<CompiledRule> rules) {
    Map<Source, List<CompiledRule>> bySource = new EnumMap<>(Source.class);
    for (CompiledRule rule : rules) {
      bySource.computeIfAbsent(rule.rule().source(), source -> new ArrayList<>()).add(rule);
    }
    bySource.forEach((source, some) -> sources.put(source, new SourceIndex(some)));
  }

  /**
   * Whether a rule that was among the candidates matches for certain: then nobody need ask again.
   */
  boolean decides(AuditEvent event, int number) {
    return sources.get(event.source()).decides(number);
  }

  /** The numbers of the rules that the event may match, each once, ascending. */
  int[] candidates(AuditEvent event) {
    SourceIndex rules = sources.get(event.source());
    if (rules == null) {
      return NONE;
    }
    int[] candidates = rules.candidates(event);
    Arrays.sort(candidates);
    return candidates;
  }
}
