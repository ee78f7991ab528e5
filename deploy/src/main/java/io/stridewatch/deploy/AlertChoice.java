package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.sink.filter.AlertFilter;
import io.stridewatch.sink.filter.FilterFaultException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which alerts a command is asked for: all that its flags and its filter both want. */
final class AlertChoice {
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

  @Parameters(
      arity = "0..*",
      paramLabel = "FILTER",
      description = "Such as: 'severity>=high and user~alice'.")
  private List<String> filter = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Those that are wanted. People are shown {@code info} where they ask for it, by level or by a
   * filter.
   *
   * @throws ParameterException when the filter can't be read
   */
  Predicate<Alert> test(boolean people) {
    boolean asked = !people || !filter.isEmpty();
    Severity least = severity != null ? severity : asked ? Severity.INFO : Severity.LOW;
    Predicate<Alert> flags = alert -> wanted(alert, least);
    return flags.and(filter());
  }

  private Predicate<Alert> filter() {
    try {
      return filter.isEmpty() ? alert -> true : AlertFilter.of(String.join(" ", filter));
    } catch (FilterFaultException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
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
