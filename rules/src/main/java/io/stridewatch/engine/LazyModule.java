package io.stridewatch.engine;

import com.espertech.esper.common.client.EPCompiled;
import java.util.Map;
import java.util.function.Supplier;

/** A compiled module that is read from the cache when it is needed first. Thread-safe. */
final class LazyModule {
  private final Supplier<EPCompiled> source;
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
   * The module's classes, for all engines: only of a module whose classes hold no state, as those
   * of rules about one event. Esper else loads a module again for each engine, and the JVM begins
   * anew to make it fast.
   */
  synchronized ClassLoader classes() {
    if (classes == null) {
      classes = new Shared(compiled().getClasses());
    }
    return classes;
  }

  private static final class Shared extends ClassLoader {
    private final Map<String, byte[]> classes;

    Shared(Map<String, byte[]> classes) {
      super(LazyModule.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
