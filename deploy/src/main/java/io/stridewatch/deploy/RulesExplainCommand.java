package io.stridewatch.deploy;

import io.stridewatch.AuditEvent;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.deploy.settings.Nearest;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.CostClass;
import io.stridewatch.engine.Examples;
import io.stridewatch.engine.Trial;
import io.stridewatch.rule.Example;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A rule in words, its EPL and its cost; and why an event matches it or does not. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Says what a rule asks, and why an event matches it or not.")
final class RulesExplainCommand implements Callable<Integer> {
  private static final int MOST = 32 << 20;

  @Parameters(index = "0", paramLabel = "ID", description = "Id or name of the rule.")
  private String id;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "EVENT",
      description =
          "File with one raw record as it is on the events topic (auditd: the lines of one event;"
              + " Docker: the event's line and those of its facts), or - for standard input.")
  private String event;

  @Mixin private RuleChoice choice;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RuleSet rules = choice.atWork();
    Rule rule = named(rules);
    rule(out, rule, rules);
    if (event != null) {
      record(out, rule);
    }
    return 0;
  }

  private Rule named(RuleSet rules) {
    return rules.rules().stream()
        .filter(rule -> rule.id().equals(id) || rule.name().equals(id))
        .findFirst()
        .orElseThrow(() -> new CommandFault("no rule is called '" + id + "'" + hint(rules)));
  }

  private String hint(RuleSet rules) {
    String near = Nearest.hint(id, rules.rules().stream().map(Rule::id).toList());
    return near.isEmpty() ? ": see 'stridewatch rules list'" : near;
  }

  private static void rule(PrintWriter out, Rule rule, RuleSet rules) {
    out.println(rule.id() + ": " + rule.title());
    out.println(
        "%s, %s, %s, %s lane%s"
            .formatted(
                rule.severity().label(),
                rule.stride().stream().map(each -> each.label()).collect(Collectors.joining(" ")),
                String.join(" ", rule.threats()),
                rule.lane().label(),
                rule.silent() ? ", silent: other rules are made of it" : ""));
    out.println(rule.place());
    if (!rule.description().isEmpty()) {
      out.println("\n" + rule.description());
    }
    out.println("\nfires when");
    RuleWords.logic(rule).forEach(line -> out.println("  " + line));
    out.println("\ncost\n  " + CostClass.words(rule));
    CompiledRules compiled = CompiledRules.of(rules, Surroundings.here().cache());
    out.println("\nEPL\n" + compiled.epl(rule.id()).indent(2).stripTrailing());
  }

  private void record(PrintWriter out, Rule rule) {
    if (rule.logic() instanceof Correlation correlation) {
      correlation.rules().forEach(part -> record(out, part));
      return;
    }
    Detection detection = (Detection) rule.logic();
    AuditEvent decoded = decoded(rule);
    boolean matches = Trial.matches(detection.condition(), decoded);
    out.println("\n" + decoded.ref() + (matches ? " matches " : " does not match ") + rule.id());
    for (Trial.Verdict verdict : Trial.verdicts(detection, decoded)) {
      out.println("  " + verdict.selection() + ": " + (verdict.holds() ? "yes" : "no"));
      verdict.misses().forEach(miss -> out.println("    " + miss));
    }
  }

  private AuditEvent decoded(Rule rule) {
    try {
      byte[] bytes =
          event.equals("-") ? System.in.readNBytes(MOST) : Files.readAllBytes(Path.of(event));
      return Examples.event(rule, Example.SCOPE, new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new CommandFault(event + " can't be read: " + e.getMessage());
    } catch (UnreadableRecordException e) {
      throw new CommandFault(
          event + " is no record of " + rule.source().label() + ": " + e.getMessage());
    }
  }
}
