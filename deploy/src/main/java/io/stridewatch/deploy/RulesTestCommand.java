package io.stridewatch.deploy;

import io.stridewatch.engine.ExampleResult;
import io.stridewatch.engine.Examples;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the rules' own examples; status 1 when one does not do what it says. */
@Command(name = "test", mixinStandardHelpOptions = true, description = "Runs rules' own examples.")
final class RulesTestCommand implements Callable<Integer> {
  @Option(
      names = {"-v", "--verbose"},
      description = "Examples that passed too.")
  private boolean verbose;

  @Mixin private RuleChoice choice;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<ExampleResult> results = Examples.run(choice.compiledWithExamples());
    results.stream()
        .filter(result -> verbose || !result.passes())
        .forEach(result -> print(result, out));
    long failed = results.stream().filter(result -> !result.passes()).count();
    spec.commandLine().getErr().printf("%d examples, %d failed%n", results.size(), failed);
    return failed == 0 ? 0 : 1;
  }

  private static void print(ExampleResult result, PrintWriter out) {
    out.println(result.message());
    result
        .alerts()
        .forEach(alert -> out.println("    fired: " + alert.time() + " " + alert.summary()));
    result.nearest().forEach(line -> out.println("    " + line));
  }
}
