package io.stridewatch.stream;

import io.stridewatch.RuleEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Engines of one set of rules, which never changes and is nobody's to read. */
public interface OneSet extends Engines {
  /** It has a digest, as any. */
  RulesText RULES = new RulesText("1".repeat(64), "one set".getBytes(StandardCharsets.UTF_8));

  @Override
  default RulesText own() {
    return RULES;
  }

  @Override
  default List<RulesAsked.Memory> memories() {
    return List.of();
  }

  @Override
  default void learn(RulesText rules) {
    throw new IllegalArgumentException("there are no others");
  }

  @Override
  default boolean replace(RuleEngine engine, String digest) {
    return digest.equals(RULES.digest());
  }
}
