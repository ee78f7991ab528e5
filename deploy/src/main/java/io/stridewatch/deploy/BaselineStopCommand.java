package io.stridewatch.deploy;

import io.stridewatch.sink.view.Baseline;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends learning now: what was learned is ordinary from now on. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Ends a baseline's learning now. Each scope's list stands with its first alert ten minutes",
      "later, so that none is left out that is on its way."
    })
final class BaselineStopCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "A baseline's id.")
  private String id;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Kafka kafka = where.kafka();
      Baseline baseline = BaselineCommand.one(KeptViews.of(kafka), id);
      Baseline stopped = baseline.stopped(Instant.now());
      ViewsTopic.write(kafka, stopped.key(), stopped.line());
      spec.commandLine().getOut().println("baseline " + id + " learns no more");
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }
}
