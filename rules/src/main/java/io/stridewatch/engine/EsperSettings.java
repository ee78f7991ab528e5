package io.stridewatch.engine;

import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.common.client.configuration.compiler.ConfigurationCompilerExecution.FilterIndexPlanning;
import com.espertech.esper.common.client.configuration.compiler.ConfigurationCompilerPlugInSingleRowFunction.FilterOptimizable;
import com.espertech.esper.common.client.configuration.compiler.ConfigurationCompilerPlugInSingleRowFunction.ValueCache;
import com.espertech.esper.runtime.client.util.RuntimeVersion;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Esper as we use it: the two event types, our functions, time from outside. Basic filter planning:
 * the advanced one compiles a regular expression for every event.
 */
final class EsperSettings {
  /** Grows when a change of the configuration below needs modules to be compiled anew. */
  private static final int NUMBER = 2;

  private EsperSettings() {}

  /**
   * Modules compiled under another format do not fit: Esper's version, and all that EPL may call.
   */
  static String format() {
    String called =
        Stream.of(Functions.class, Views.class, Offer.class, Match.class, MemoryForge.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .map(Method::toString)
            .sorted()
            .collect(Collectors.joining("\n"));
    return NUMBER + " " + RuntimeVersion.RUNTIME_VERSION + "\n" + called;
  }

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.getCommon().addEventType(Offer.class);
    configuration.getCommon().addEventType(Match.class);
    configuration.getCommon().getTimeSource().setTimeUnit(TimeUnit.MICROSECONDS);
    configuration.getCompiler().getExecution().setFilterIndexPlanning(FilterIndexPlanning.BASIC);
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    configuration.getRuntime().getExecution().setDisableLocking(true);
    functions(configuration);
    return configuration;
  }

  private static void functions(Configuration configuration) {
    List<String> names =
        Arrays.stream(Functions.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .sorted()
            .toList();
    for (String name : names) {
      configuration
          .getCompiler()
          .addPlugInSingleRowFunction(
              name,
              Functions.class.getName(),
              name,
              ValueCache.DISABLED,
              FilterOptimizable.DISABLED,
              false);
    }
    for (String name : List.of(MemoryForge.TALLY, MemoryForge.CHAIN)) {
      configuration
          .getCompiler()
          .addPlugInAggregationFunctionForge(name, MemoryForge.class.getName());
    }
  }
}
