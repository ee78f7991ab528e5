package io.stridewatch.engine;

import io.stridewatch.rule.EplExpression;
import io.stridewatch.rule.Fault;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Rules as modules of Esper: compiled once a process, then any number of engines. Immutable and
 * thread-safe.
 */
public final class CompiledRules {
  private static final int THREADS = 2;
  private final List<CompiledRule> rules;
  private final List<Fault> faults;

  private CompiledRules(List<CompiledRule> rules, List<Fault> faults) {
    this.rules = List.copyOf(rules);
    this.faults = List.copyOf(faults);
  }

  /**
   * Compiles each rule to a module of its own; what cannot be compiled is a fault.
   *
   * @param cache a directory of ours that keeps modules between processes, or null
   */
  public static CompiledRules of(RuleSet set, Path cache) {
    Modules modules = new Modules(cache);
    List<String> names = names(set.rules());
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, CompiledRules::daemon);
    try {
      List<Future<LazyModule>> futures = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        Rule rule = set.rules().get(i);
        String epl = Epl.of(rule, names.get(i));
        futures.add(
            threads.submit(
                () -> {
                  for (EplExpression own : EplExpression.of(rule.logic())) {
                    OwnEpl.check(own);
                  }
                  return modules.module(epl);
                }));
      }
      return gathered(set, names, futures);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "rule-compiler");
    thread.setDaemon(true);
    return thread;
  }

  private static CompiledRules gathered(
      RuleSet set, List<String> names, List<Future<LazyModule>> futures) {
    List<Rule> rules = set.rules();
    List<CompiledRule> compiled = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      try {
        String epl = Epl.of(rule, names.get(i));
        LazyModule module = futures.get(i).get();
        int first = set.precedence(rule);
        compiled.add(new CompiledRule(compiled.size(), first, rule, names.get(i), epl, module));
      } catch (ExecutionException e) {
        String message = String.valueOf(e.getCause().getMessage()).replaceAll("\\s+", " ");
        faults.add(new Fault(rule.file(), line(rule), rule.id() + ": no EPL: " + message));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while compiling rules", e);
      }
    }
    return new CompiledRules(compiled, faults);
  }

  /** Of its own EPL, where it has some. */
  private static int line(Rule rule) {
    return EplExpression.of(rule.logic()).stream()
        .mapToInt(EplExpression::line)
        .findFirst()
        .orElse(rule.line());
  }

  /** The rules' ids; of an id that is used again, with a number. */
  private static List<String> names(List<Rule> rules) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Rule rule : rules) {
      String name = rule.id();
      for (int again = 2; !taken.add(name); again++) {
        name = rule.id() + "#" + again;
      }
      names.add(name);
    }
    return names;
  }

  /** What could not be compiled. */
  public List<Fault> faults() {
    return faults;
  }

  /** The EPL of a rule, for people to read; empty when no compiled rule has that id. */
  public String epl(String id) {
    return rules.stream()
        .filter(rule -> rule.rule().id().equals(id))
        .findFirst()
        .map(CompiledRule::epl)
        .orElse("");
  }

  /** The rules as their files say them. */
  public List<Rule> sources() {
    return rules.stream().map(CompiledRule::rule).toList();
  }

  /** How far back the longest of them looks, in event time. */
  public Duration horizon() {
    return rules.stream()
        .map(compiled -> compiled.rule().horizon())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** An engine that begins with these rules, without memory yet, for one partition. */
  public EsperRuleEngine engine(Lateness lateness) {
    return new EsperRuleEngine(this, lateness);
  }

  /** Measures what each of them costs. */
  public RuleCosts costs() {
    return new RuleCosts(rules);
  }

  List<CompiledRule> rules() {
    return rules;
  }

  /** An engine in which one rule speaks, and those that it is made of feed it. */
  EsperRuleEngine engineOf(CompiledRule rule) {
    Set<String> places = places(rule.rule());
    List<CompiledRule> few = new ArrayList<>();
    for (CompiledRule each : rules) {
      if (places.contains(each.rule().place())) {
        few.add(each.as(few.size(), each != rule));
      }
    }
    return new EsperRuleEngine(few, Lateness.usual(), true);
  }

  private static Set<String> places(Rule rule) {
    Set<String> places = new HashSet<>(Set.of(rule.place()));
    if (rule.logic() instanceof Correlation correlation) {
      correlation.rules().forEach(part -> places.addAll(places(part)));
    }
    return places;
  }

  /** The same, but every event goes through every rule: what the index is held against. */
  EsperRuleEngine engineWithoutIndex(Lateness lateness) {
    return new EsperRuleEngine(rules, lateness, false);
  }
}
