package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.RuleEngine;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.deploy.settings.SourceLateness;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs recorded streams through the engine, without Kafka: the same input gives the same alerts, to
 * the byte.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Runs recorded streams through the engine.",
      "Topics are judged by the rules that were in force when their records came, unless --rules names others.",
      "Files may be Kubernetes audit logs, auditd logs, Docker event streams with the engine's answers (inspect) and the"
          + " authorisation plug-in's calls beside them, and what 'record' sealed; plain, gzip or zstd; told apart by content."
          + " Several files are one recording."
    })
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|-|topic:NAME",
      description =
          "Recordings; - is standard input; topic:events what an instance's Kafka has kept.")
  private List<String> inputs;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "What every input is: docker, auditd or kubernetes.")
  private Source source;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      converter = Speed.class,
      description = "Play as fast as it happened, times this; as fast as possible unless given.")
  private Double speed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "pretty",
      description = "pretty, json or falco (default: ${DEFAULT-VALUE}).")
  private AlertForm form;

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      description = "Show this and worse; pretty leaves out info unless asked.")
  private Severity severity;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "Exit status 3 when an alert this bad or worse was raised.")
  private Severity failOn;

  @Option(
      names = "--lateness",
      paramLabel = "SOURCE=DURATION",
      description =
          "How late a source's records may come and still be counted; repeatable. Default: 5s, and as 'detect' has it for"
              + " topics.")
  private List<SourceLateness> lateness = List.of();

  @Mixin private RangeChoice range;
  @Mixin private InputChoice choice;
  @Mixin private RuleChoice rules;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    RuleSet set = rules.atWork();
    SkippedRules.lines(set).forEach(line -> err.println("stridewatch: " + line));
    CompiledRules compiled = RuleChoice.compiled(set);
    PastEngines past = follows() ? choice.past(compiled, lateness()) : null;
    RuleEngine engine = past == null ? engine(compiled) : past;
    Replay replay = new Replay(engine, range.since(), range.until(), speed);
    try (Recording recording = choice.recording(inputs, source, past);
        PrintStream out = standardOutput()) {
      AlertPrinter printer = new AlertPrinter(form, set.falcoOutputs());
      Replay.Summary summary =
          replay.run(recording, alert -> print(out, printer, alert), err::println);
      out.flush();
      recording.notices().forEach(notice -> err.println("stridewatch: " + notice));
      recording.faults().forEach(fault -> err.println("stridewatch: " + fault));
      err.println(form == AlertForm.pretty ? summary.text() : summary.json());
      boolean failed = failOn != null && summary.worst() != null && summary.worst().atLeast(failOn);
      return recording.faults().isEmpty() ? failed ? 3 : 0 : 1;
    }
  }

  /** What is played at a speed is told as it comes. */
  private RuleEngine engine(CompiledRules compiled) {
    return speed == null
        ? new ScopeEngines(
            compiled, lateness(), Runtime.getRuntime().availableProcessors(), Decoders::decode)
        : compiled.engine(lateness());
  }

  /** Topics are judged by the rules that were in force then, unless others are named. */
  private boolean follows() {
    return InputChoice.onlyTopics(inputs) && !rules.named();
  }

  /** A topic's records came as they come to {@code detect}. */
  private Lateness lateness() {
    return AllowedLateness.of(InputChoice.topics(inputs), lateness);
  }

  private void print(PrintStream out, AlertPrinter printer, Alert alert) {
    if (alert.severity().atLeast(severity == null ? printer.least() : severity)) {
      out.print(printer.text(alert));
    }
  }

  private static PrintStream standardOutput() {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
        false,
        StandardCharsets.UTF_8);
  }
}
