package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.RuleEngine;
import java.time.Duration;
import java.util.List;

/** The sets of rules that a process can judge by, and engines of them. Called by many threads. */
public interface Engines {

  /** What this process's own rule files say now. It is always known. */
  RulesText own();

  /** The rules with memory of {@link #own}, without since when they have been seeing. */
  List<RulesAsked.Memory> memories();

  /**
   * Compiles a set, which may take seconds; from then on it is known for as long as it is used.
   *
   * @throws IllegalArgumentException on one line, when the text is none of that digest
   */
  void learn(RulesText rules);

  /** A fresh engine, used by one thread, closed by it. Its first rules are this process's own. */
  RuleEngine engine();

  /**
   * Has one of its engines go over to a set before its next event; false when that is not known.
   */
  boolean replace(RuleEngine engine, String digest);

  /**
   * Tells an engine of an alert that was raised before it was made, so that it does not repeat it.
   */
  void remember(RuleEngine engine, Alert alert);

  /**
   * How far back the rules of a set look: an engine that saw that much is as good as one that never
   * died. Zero when the set is not known.
   */
  Duration horizon(String digest);
}
