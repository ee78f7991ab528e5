package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.deploy.settings.Moment;
import io.stridewatch.sink.AlertOutput;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.filter.AlertFilter;
import io.stridewatch.sink.filter.FilterFaultException;
import io.stridewatch.stream.AlertTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Alerts of a running instance, as they come. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Shows alerts of a running instance, from now on unless --since is given.")
final class TailCommand implements Callable<Integer> {
  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Begin at an instant, or so long ago: 90s, 15m, 2h, 1d.")
  private String since;

  @Option(
      names = "--follow",
      negatable = true,
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Go on with new alerts (default); =false ends with what was there.")
  private boolean follow;

  @Option(names = "--severity", paramLabel = "LEVEL", description = "This and worse.")
  private Severity severity;

  @Option(
      names = "--stride",
      paramLabel = "KIND",
      description = "One of the six, such as tampering.")
  private Stride stride;

  @Option(names = "--source", paramLabel = "SOURCE", description = "docker, auditd, kubernetes...")
  private Source source;

  @Option(names = "--scope", paramLabel = "NAME", description = "One host or cluster.")
  private String scope;

  @Option(names = "--rule", paramLabel = "ID", description = "One rule.")
  private String rule;

  @Option(
      names = "--grep",
      paramLabel = "TEXT",
      description = "Summary, actor, target or evidence contain it, in any case.")
  private String grep;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "pretty",
      description = {
        "pretty, wide, json, csv, logfmt, template=TEXT with {field}s,",
        "ecs, ocsf, cef, leef or falco (default: ${DEFAULT-VALUE})."
      })
  private String form;

  @Option(names = "-v", description = "The whole story of each: all records, raw and decoded.")
  private boolean whole;

  @Option(
      names = "-n",
      paramLabel = "COUNT",
      description = "Of those that are there the last so many; then go on.")
  private Integer last;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "End before an instant, or so long ago; does not follow.")
  private String until;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILTER",
      description = "Such as: 'severity>=high and user~alice'.")
  private List<String> filter = List.of();

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    AlertOutput output = output();
    Predicate<Alert> wanted = filter();
    AlertTail.Span span = span();
    Severity least = least(output);
    PrintWriter out = spec.commandLine().getOut();
    AlertTail tail = new AlertTail(where.kafka(), where::now);
    LastAlerts kept = new LastAlerts(last, alert -> out.print(output.text().apply(alert)));
    out.print(output.header());
    out.flush();
    try {
      tail.read(
          span,
          alert -> {
            if (wanted(alert, least) && wanted.test(alert)) {
              kept.accept(alert);
            }
            if (out.checkError()) { // The reader of the pipe has gone.
              tail.close();
            }
          },
          () -> {
            kept.go();
            out.flush();
          });
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private AlertOutput output() {
    try {
      return AlertOutput.of(
          whole && form.equals("pretty") ? "whole" : form,
          Terminal.standardOutput(System.getenv()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private Predicate<Alert> filter() {
    try {
      return filter.isEmpty() ? alert -> true : AlertFilter.of(String.join(" ", filter));
    } catch (FilterFaultException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** People are shown {@code info} where they ask for it, by level or by a filter. */
  private Severity least(AlertOutput output) {
    boolean asked = !output.people() || !filter.isEmpty();
    return severity != null ? severity : asked ? Severity.INFO : Severity.LOW;
  }

  private AlertTail.Span span() {
    if (last != null && last < 1) {
      throw new ParameterException(spec.commandLine(), "-n " + last + " is no number from 1 on");
    }
    boolean goesOn = follow && until == null;
    boolean all = last != null || !goesOn;
    Instant begin = since != null ? moment("--since", since) : all ? Instant.MIN : Instant.MAX;
    return new AlertTail.Span(
        begin, until == null ? Instant.MAX : moment("--until", until), goesOn);
  }

  private Instant moment(String flag, String text) {
    try {
      return Moment.of(text, Instant.now());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), flag + " " + text + " is " + e.getMessage());
    }
  }

  private boolean wanted(Alert alert, Severity least) {
    return alert.severity().atLeast(least)
        && (stride == null || alert.stride().contains(stride))
        && (source == null || alert.evidence().stream().anyMatch(e -> e.source() == source))
        && (scope == null || alert.scope().equals(scope))
        && (rule == null || alert.rule().equals(rule))
        && (grep == null || text(alert).contains(grep.toLowerCase(Locale.ROOT)));
  }

  private static String text(Alert alert) {
    StringBuilder text = new StringBuilder(alert.summary());
    text.append('\n')
        .append(alert.title())
        .append('\n')
        .append(alert.actor())
        .append(alert.target());
    alert.evidence().forEach(evidence -> text.append('\n').append(evidence.raw()));
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
