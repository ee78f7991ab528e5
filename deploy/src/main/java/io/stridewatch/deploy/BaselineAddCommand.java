package io.stridewatch.deploy;

import io.stridewatch.sink.view.Baseline;
import io.stridewatch.sink.view.Ordinary;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts an entry on a baseline's list. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Puts an entry on a baseline's list, learned or not.")
final class BaselineAddCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "A baseline's id.")
  private String id;

  @Parameters(
      index = "1..*",
      paramLabel = "VALUE",
      description = "A value for each of its fields, in their order.")
  private List<String> values = List.of();

  @Option(names = "--scope", required = true, paramLabel = "NAME", description = "Where.")
  private String scope;

  @Option(names = "--rule", required = true, paramLabel = "ID", description = "Which rule's.")
  private String rule;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Kafka kafka = where.kafka();
      Ordinary entry = entry(BaselineCommand.one(KeptViews.of(kafka), id), Instant.now());
      ViewsTopic.write(kafka, entry.key(), entry.line());
      spec.commandLine().getOut().println("entry " + entry.id() + " is ordinary");
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private Ordinary entry(Baseline baseline, Instant now) {
    if (values.size() != baseline.fields().size()) {
      throw new ParameterException(
          spec.commandLine(), "an entry has a value for each of " + baseline.fields());
    }
    List<String> all = new ArrayList<>(List.of(rule));
    all.addAll(values);
    try {
      return new Ordinary(id, scope, all, 0, now, now, false);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
