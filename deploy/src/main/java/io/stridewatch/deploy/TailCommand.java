package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.deploy.settings.Moment;
import io.stridewatch.stream.AlertTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      description = "pretty, json or falco (default: ${DEFAULT-VALUE}).")
  private AlertForm form;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Instant begin = begin();
    PrintWriter out = spec.commandLine().getOut();
    AlertPrinter printer = new AlertPrinter(form, Map.of());
    AlertTail tail = new AlertTail(where.kafka());
    try {
      tail.read(
          begin,
          follow,
          alert -> {
            if (wanted(alert, severity == null ? printer.least() : severity)) {
              out.print(printer.text(alert));
            }
            if (out.checkError()) { // The reader of the pipe has gone.
              tail.close();
            }
          });
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private Instant begin() {
    if (since == null) {
      return follow ? Instant.MAX : Instant.MIN;
    }
    try {
      return Moment.of(since, Instant.now());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--since " + since + " is " + e.getMessage());
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
