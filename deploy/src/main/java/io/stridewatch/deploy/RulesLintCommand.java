package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.Fault;
import io.stridewatch.rule.Lint;
import io.stridewatch.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is wrong with rules, each with file, line and what to do; status 1 when there is any. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = "Finds what is wrong with rules.")
final class RulesLintCommand implements Callable<Integer> {
  @Mixin private RuleChoice choice;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RuleSet rules = choice.rules();
    List<Fault> findings = new ArrayList<>(Lint.of(rules));
    findings.addAll(CompiledRules.of(rules, Surroundings.here().cache()).faults());
    findings.forEach(spec.commandLine().getOut()::println);
    Lint.notes(rules).forEach(spec.commandLine().getOut()::println);
    spec.commandLine()
        .getErr()
        .printf("%d rules, %d findings%n", rules.rules().size(), findings.size());
    return findings.isEmpty() ? 0 : 1;
  }
}
