package io.stridewatch.engine;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import io.stridewatch.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles EPL, or finds it compiled in the cache. A cache that can't be used is told once and done
 * without. Thread-safe.
 */
final class Modules {
  private static final Logger LOG = LoggerFactory.getLogger(Modules.class);
  private final String format = EsperSettings.format();
  private final AtomicBoolean told = new AtomicBoolean();
  private final ModuleCache cache;

  /** With a directory of ours, or null. */
  Modules(Path directory) {
    this.cache = directory == null ? null : opened(directory);
  }

  private ModuleCache opened(Path directory) {
    try {
      return ModuleCache.in(directory);
    } catch (IOException | UnsupportedOperationException e) {
      tell(e);
      return null;
    }
  }

  /** What the cache has is read when it is needed; the rest is compiled now. */
  LazyModule module(String epl) throws EPCompileException {
    String name = Sha256.hex(format + "\n" + epl);
    if (cache != null && cache.has(name)) {
      return new LazyModule(() -> readOrCompiled(name, epl));
    }
    EPCompiled compiled = compiled(name, epl);
    return new LazyModule(() -> compiled);
  }

  private EPCompiled compiled(String name, String epl) throws EPCompileException {
    CompilerArguments arguments = new CompilerArguments(EsperSettings.configuration());
    EPCompiled compiled = EPCompilerProvider.getCompiler().compile(epl, arguments);
    write(name, compiled);
    return compiled;
  }

  private EPCompiled readOrCompiled(String name, String epl) {
    EPCompiled read = read(name);
    try {
      return read == null ? compiled(name, epl) : read;
    } catch (EPCompileException e) {
      throw new IllegalStateException("compiled once, and not again: " + epl, e);
    }
  }

  private EPCompiled read(String name) {
    try {
      return cache.read(name);
    } catch (IOException e) {
      tell(e);
      return null;
    }
  }

  private void write(String name, EPCompiled module) {
    try {
      if (cache != null) {
        cache.write(name, module);
      }
    } catch (IOException e) {
      tell(e);
    }
  }

  private void tell(Exception e) {
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "The cache of compiled rules can't be used; rules are compiled anew. reason={}",
          e.toString());
    }
  }
}
