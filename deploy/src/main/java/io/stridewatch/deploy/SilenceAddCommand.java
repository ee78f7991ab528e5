package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Moment;
import io.stridewatch.deploy.settings.Span;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.filter.FilterFaultException;
import io.stridewatch.sink.view.Silence;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.io.PrintWriter;
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

/** Shows what a silence would have hidden in the last day, then sets it. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Hides alerts until a time, and shows what it would have hidden in the last day.",
      "The alerts topic keeps them all."
    })
final class SilenceAddCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILTER",
      description = "Which alerts, as tail takes it: 'rule=NAME and user=backup'.")
  private List<String> filter;

  @Option(names = "--for", paramLabel = "DURATION", description = "How long: 15m, 2h, 7d.")
  private String span;

  @Option(names = "--until", paramLabel = "INSTANT", description = "Or until when.")
  private String until;

  @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why.")
  private String why;

  @Option(names = "--preview", description = "Only show what it would have hidden.")
  private boolean preview;

  @Mixin private Person person;
  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Instant now = Instant.now();
    Silence silence = silence(now);
    try {
      Kafka kafka = where.kafka();
      PrintWriter out = spec.commandLine().getOut();
      SilencePreview.lines(kafka, silence, now, Terminal.standardOutput(System.getenv()))
          .forEach(out::println);
      if (!preview) {
        ViewsTopic.write(kafka, silence.key(), silence.line());
        out.println("silence " + silence.told());
      }
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private Silence silence(Instant now) {
    try {
      return new Silence(
          AlertDesk.newId(), String.join(" ", filter), now, end(now), person.name(), why);
    } catch (FilterFaultException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "a silence: " + e.getMessage());
    }
  }

  private Instant end(Instant now) {
    if ((span == null) == (until == null)) {
      throw new IllegalArgumentException("say how long with --for 2h, or with --until INSTANT");
    }
    Instant end = span != null ? now.plus(Span.of(span)) : Moment.of(until);
    if (!end.isAfter(now)) {
      throw new IllegalArgumentException("it would be over already");
    }
    return end;
  }
}
