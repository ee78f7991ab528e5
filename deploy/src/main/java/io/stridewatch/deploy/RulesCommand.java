package io.stridewatch.deploy;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is known of the rules before anything happens. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Lists, checks, tests, explains and converts rules.",
    subcommands = {
      RulesListCommand.class,
      RulesLintCommand.class,
      RulesTestCommand.class,
      RulesCoverageCommand.class,
      RulesExplainCommand.class,
      RulesFieldsCommand.class,
      RulesConvertCommand.class
    })
final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "say what to do with the rules: list, lint, test, coverage, explain, fields or convert");
  }
}
