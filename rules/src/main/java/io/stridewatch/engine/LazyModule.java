package io.stridewatch.engine;

import com.espertech.esper.common.client.EPCompiled;
import java.util.function.Supplier;

/** A compiled module that is read from the cache when it is needed first. Thread-safe. */
final class LazyModule {
  private final Supplier<EPCompiled> source;
  private EPCompiled compiled;

  LazyModule(Supplier<EPCompiled> source) {
    this.source = source;
  }

  synchronized EPCompiled compiled() {
    if (compiled == null) {
      compiled = source.get();
    }
    return compiled;
  }
}
