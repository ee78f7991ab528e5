package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Stride;
import io.stridewatch.engine.RuleCosts;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Each rule in a line; files that could not be loaded after the rest, and status 1. With a
 * recording what each rule costs on it, the dearest first.
 */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists rules.")
final class RulesListCommand implements Callable<Integer> {
  @Mixin private OutputChoice output;

  @Option(
      names = "--cost",
      paramLabel = "RECORDING",
      description = "Show what each rule costs on this recording; may be repeated.")
  private List<String> recordings = List.of();

  @Mixin private RuleChoice choice;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (!recordings.isEmpty()) {
      try (RuleCosts costs = choice.compiled().costs()) {
        RuleCostTable.print(costs, recordings, output.json(), out);
      }
      return 0;
    }
    RuleSet rules = choice.atWork();
    PrintWriter err = spec.commandLine().getErr();
    SkippedRules.lines(rules).forEach(line -> err.println("stridewatch: " + line));
    rules.rules().forEach(rule -> out.println(output.json() ? json(rule) : text(rule)));
    rules.faults().forEach(fault -> err.println("stridewatch: " + fault));
    return rules.faults().isEmpty() ? 0 : 1;
  }

  private static String json(Rule rule) {
    JsonLine line =
        new JsonLine().open('{').key("id").text(rule.id()).key("title").text(rule.title());
    line.key("level").text(rule.severity().label());
    line.key("stride").texts(rule.stride().stream().map(Stride::label).toList());
    line.key("threats").texts(rule.threats()).key("source").text(source(rule));
    line.key("lane").text(rule.lane().label()).key("file").text(rule.file());
    return line.close('}').toString();
  }

  private static String text(Rule rule) {
    String letters =
        rule.stride().stream().map(s -> String.valueOf(s.letter())).collect(Collectors.joining());
    return "%-8s %-6s %-10s %-44s %s"
        .formatted(rule.severity().label(), letters, source(rule), rule.id(), rule.title());
  }

  private static String source(Rule rule) {
    return rule.source() == null ? null : rule.source().label();
  }
}
