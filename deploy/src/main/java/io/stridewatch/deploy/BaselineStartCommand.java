package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Moment;
import io.stridewatch.deploy.settings.Span;
import io.stridewatch.sink.filter.FilterFaultException;
import io.stridewatch.sink.view.Baseline;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Begins to learn. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Learns what is ordinary among some alerts, told apart by scope, rule and the fields given.",
      "Critical alerts are never ordinary, nor is what somebody did of whom one spoke meanwhile."
    })
final class BaselineStartCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILTER",
      description = "Which alerts, as tail takes it: 'rule=NAME and scope=web-1'.")
  private List<String> filter;

  @Option(
      names = "--by",
      required = true,
      split = ",",
      paramLabel = "FIELD",
      description = "Whose values make a difference: actor,target,target.image. Repeatable.")
  private List<String> by;

  @Option(
      names = "--learn",
      paramLabel = "DURATION",
      defaultValue = "7d",
      description = "How long it learns (default: ${DEFAULT-VALUE}).")
  private String learn;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Learns from this instant on, or so long ago (default: now).")
  private String since;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "90d",
      description = "How long it then hides what is ordinary (default: ${DEFAULT-VALUE}).")
  private String span;

  @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why.")
  private String why;

  @Mixin private Person person;
  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Baseline baseline = baseline(Instant.now());
    try {
      ViewsTopic.write(where.kafka(), baseline.key(), baseline.line());
      spec.commandLine().getOut().println("baseline " + baseline.told());
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private Baseline baseline(Instant now) {
    try {
      Instant from = since == null ? now : Moment.of(since, now);
      Instant learned = from.plus(Span.of(learn));
      return new Baseline(
          AlertDesk.newId(),
          String.join(" ", filter),
          by,
          from,
          learned,
          learned.plus(Span.of(span)),
          person.name(),
          why);
    } catch (FilterFaultException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "a baseline: " + e.getMessage());
    }
  }
}
