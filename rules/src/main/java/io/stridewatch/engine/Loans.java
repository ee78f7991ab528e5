package io.stridewatch.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * The classes that one engine has of the modules of its rules with memory, for all its scopes. A
 * rule keeps its number, and so its classes, when others come into force. One thread.
 */
final class Loans implements AutoCloseable {
  private final Map<Integer, ModuleClasses> classes = new HashMap<>();

  ModuleClasses of(CompiledRule rule) {
    return classes.computeIfAbsent(rule.number(), any -> rule.module().lent());
  }

  /** Gives all back: no runtime of the engine may be left. */
  @Override
  public void close() {
    classes.values().forEach(ModuleClasses::giveBack);
    classes.clear();
  }
}
