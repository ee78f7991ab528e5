package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.ExampleResult;
import io.stridewatch.engine.Examples;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.ThreatModel;
import io.stridewatch.rule.ThreatModel.Signal;
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
 * The threat model row by row, with the rules that name a row and the examples of theirs that fired
 * when they were run just now. A row is covered when each of its signals is named by such a rule.
 */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description = "Shows which threats the rules see, and the examples that prove it.")
final class RulesCoverageCommand implements Callable<Integer> {
  enum Form {
    text,
    json,
    markdown
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, json or markdown (default: ${DEFAULT-VALUE}).")
  private Form form;

  @Mixin private RuleChoice choice;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CompiledRules compiled = choice.compiledWithExamples();
    List<ExampleResult> results = Examples.run(compiled);
    List<Rule> rules = compiled.sources();
    List<Covered> rows =
        ThreatModel.rows().stream().map(row -> Covered.of(row, rules, results)).toList();
    if (form == Form.markdown) {
      out.println(
          "| threat | what goes wrong | seen | rules and their proofs |\n|---|---|---|---|");
    }
    rows.forEach(row -> out.println(told(row)));
    spec.commandLine().getErr().println(summary(rows));
    return 0;
  }

  private String told(Covered row) {
    return switch (form) {
      case text -> text(row);
      case json -> json(row);
      case markdown -> markdown(row);
    };
  }

  private static String text(Covered row) {
    StringBuilder text = new StringBuilder();
    text.append("%-6s %-8s %s".formatted(row.row().id(), row.state(), row.row().threat()));
    for (Signal signal : row.row().signals()) {
      String mark = row.isSeen(signal) ? "+" : "-";
      String what = signal.id() + " " + signal.source() + ": " + signal.shows();
      text.append("\n    %s %s (%s)".formatted(mark, what, why(row, signal)));
    }
    for (Covered.Proven each : row.rules()) {
      text.append("\n    %s (%d examples)".formatted(each.rule().id(), each.proofs().size()));
      each.proofs().forEach(proof -> text.append("\n      %s".formatted(proof(proof))));
    }
    return text.toString();
  }

  /** The rules that prove it, or why none does. */
  private static String why(Covered row, Signal signal) {
    if (row.isSeen(signal)) {
      return String.join(", ", row.provers(signal));
    }
    return "not seen: " + (signal.unseen().isEmpty() ? "no rule names it" : signal.unseen());
  }

  private static String proof(ExampleResult proof) {
    String from = proof.example().from();
    return proof.example().name() + (from.isEmpty() ? "" : " [" + from + "]");
  }

  private static String json(Covered row) {
    JsonLine line = new JsonLine().open('{').key("id").text(row.row().id());
    line.key("threat").text(row.row().threat()).key("state").text(row.state());
    line.key("checks").number(row.row().checks()).key("signals").open('[');
    for (Signal signal : row.row().signals()) {
      line.open('{').key("source").text(signal.source()).key("shows").text(signal.shows());
      line.key("signal").text(signal.id()).key("seen").bool(row.isSeen(signal));
      line.key("rules").texts(row.provers(signal)).key("unseen").text(signal.unseen()).close('}');
    }
    line.close(']').key("rules").open('[');
    for (Covered.Proven each : row.rules()) {
      line.open('{').key("id").text(each.rule().id());
      line.key("source").text(each.rule().source().label());
      line.key("examples").texts(each.proofs().stream().map(RulesCoverageCommand::proof).toList());
      line.close('}');
    }
    return line.close(']').close('}').toString();
  }

  private static String markdown(Covered row) {
    String rules =
        row.rules().stream()
            .map(each -> "`" + each.rule().id() + "` (" + each.proofs().size() + ")")
            .collect(Collectors.joining("<br>"));
    String threat = row.row().threat().replace("|", "\\|");
    String unseen =
        row.row().signals().stream()
            .filter(signal -> !row.isSeen(signal))
            .map(signal -> "<br>" + signal.id() + " " + why(row, signal))
            .collect(Collectors.joining());
    return "| %s | %s | %s%s | %s |".formatted(row.row().id(), threat, row.state(), unseen, rules);
  }

  private static String summary(List<Covered> rows) {
    long covered = rows.stream().filter(row -> row.state().equals("covered")).count();
    long partly = rows.stream().filter(row -> row.state().equals("partly")).count();
    long signals = rows.stream().mapToLong(row -> row.row().signals().size()).sum();
    long seen =
        rows.stream()
            .mapToLong(row -> row.row().signals().stream().filter(row::isSeen).count())
            .sum();
    return "%d threats: %d covered, %d partly; %d of %d signals have a proven rule; %d proofs"
        .formatted(
            rows.size(),
            covered,
            partly,
            seen,
            signals,
            rows.stream().mapToInt(Covered::proofs).sum());
  }
}
