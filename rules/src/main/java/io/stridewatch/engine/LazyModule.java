package io.stridewatch.engine;

import com.espertech.esper.common.client.EPCompiled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** A compiled module that is read from the cache when it is needed first. Thread-safe. */
final class LazyModule {
  private final Supplier<EPCompiled> source;
  private final Deque<ModuleClasses> free = new ArrayDeque<>();
  private EPCompiled compiled;
  private ClassLoader classes;

  LazyModule(Supplier<EPCompiled> source) {
    this.source = source;
  }

  synchronized EPCompiled compiled() {
    if (compiled == null) {
      compiled = source.get();
    }
    return compiled;
  }

  /**
   * The module's classes, for all engines at once: only of a module whose classes hold no state, as
   * those of rules about one event.
   */
  synchronized ClassLoader classes() {
    if (classes == null) {
      classes = new ModuleClasses.Loader(compiled().getClasses());
    }
    return classes;
  }

  /** Classes for one engine, until it gives them back: those given back last, for they are warm. */
  synchronized ModuleClasses lent() {
    ModuleClasses last = free.pollLast();
    return last == null ? new ModuleClasses(this, compiled().getClasses()) : last;
  }

  synchronized void takeBack(ModuleClasses classes) {
    free.addLast(classes);
  }
}
