package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.sink.view.Remark;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says something of one alert, for all who look at it. The alert stays as it is. */
@Command(mixinStandardHelpOptions = true)
final class RemarkCommand implements Callable<Integer> {
  private final Remark.Kind kind;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The alert's id, or how it begins (4 digits).")
  private String id;

  @Parameters(index = "1..*", paramLabel = "TEXT", description = "What there is to say.")
  private List<String> words = List.of();

  @Mixin private Person person;
  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  RemarkCommand(Remark.Kind kind) {
    this.kind = kind;
  }

  @Override
  public Integer call() throws InterruptedException {
    String text = String.join(" ", words);
    if (kind == Remark.Kind.NOTE && text.isBlank()) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "a note needs its text: note ID TEXT");
    }
    try {
      Kafka kafka = where.kafka();
      Alert alert = new KeptAlerts(kafka).one(id);
      Remark remark = new Remark(kind, alert.id(), Instant.now(), person.name(), text);
      ViewsTopic.write(kafka, remark.key(), remark.line());
      spec.commandLine().getOut().println(kind.label() + " " + alert.id());
      return 0;
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFault(e.getMessage());
    }
  }
}
