package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.rule.Lane;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Rule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each rule costs on events: how often it was asked about one, how often it said yes, and how
 * long that took. Rules that ask the same share their answer, and the first of them pays. Of a rule
 * with memory the events that it is handed are counted; what its windows take is not. Alerts are
 * not made. One thread.
 */
public final class RuleCosts implements AutoCloseable {

  /**
   * Of one rule.
   *
   * @param asked events that the index let through to it; of a rule with memory those handed to it
   * @param matched events that it matches
   * @param nanos time that its answers took; of a rule with memory 0
   */
  public record Cost(Rule rule, long asked, long matched, long nanos) {}

  private final List<CompiledRule> rules;
  private final Index index;
  private final EventLane lane;
  private final long[] asked;
  private final long[] matched;
  private final long[] nanos;
  private long events;

  RuleCosts(List<CompiledRule> rules) {
    this.rules = rules;
    this.index = new Index(rules.stream().filter(RuleCosts::isAboutOne).toList());
    this.lane = new EventLane(rules);
    this.asked = new long[rules.size()];
    this.matched = new long[rules.size()];
    this.nanos = new long[rules.size()];
  }

  private static boolean isAboutOne(CompiledRule rule) {
    return rule.rule().lane() == Lane.EVENT;
  }

  /** Asks each rule that the index does not rule out. */
  public void accept(AuditEvent event) {
    events++;
    lane.take(event);
    for (int number : index.candidates(event)) {
      long before = System.nanoTime();
      boolean yes = lane.matches(number);
      nanos[number] += System.nanoTime() - before;
      asked[number]++;
      matched[number] += yes ? 1 : 0;
    }
  }

  /** Begins anew, with all compiled that was asked for. */
  public void forget() {
    events = 0;
    Arrays.fill(asked, 0);
    Arrays.fill(matched, 0);
    Arrays.fill(nanos, 0);
  }

  /** How many events there were. */
  public long events() {
    return events;
  }

  /** Of each rule, as they stand in their files. */
  public List<Cost> costs() {
    Map<String, Long> handed = new HashMap<>();
    rules.forEach(rule -> handed.put(rule.rule().place(), matched[rule.number()]));
    return rules.stream().map(rule -> cost(rule, handed)).toList();
  }

  private Cost cost(CompiledRule rule, Map<String, Long> handed) {
    int number = rule.number();
    if (isAboutOne(rule)) {
      return new Cost(rule.rule(), asked[number], matched[number], nanos[number]);
    }
    return new Cost(rule.rule(), handed(rule.rule(), handed), 0, 0);
  }

  private static long handed(Rule rule, Map<String, Long> handed) {
    return rule.logic() instanceof Correlation correlation
        ? correlation.rules().stream().mapToLong(part -> handed(part, handed)).sum()
        : handed.getOrDefault(rule.place(), 0L);
  }

  @Override
  public void close() {
    lane.close();
  }
}
