package io.stridewatch.deploy;

import io.stridewatch.sink.view.Silence;
import io.stridewatch.sink.view.Views;
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

/** Ends a silence now; {@code list --all} still shows it. */
@Command(name = "expire", mixinStandardHelpOptions = true, description = "Ends silences now.")
final class SilenceExpireCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "ID", description = "A silence's id.")
  private List<String> ids;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Kafka kafka = where.kafka();
      Views views = KeptViews.of(kafka);
      for (Silence silence : ids.stream().map(id -> one(views, id)).toList()) {
        Silence expired = silence.expired(Instant.now());
        ViewsTopic.write(kafka, expired.key(), expired.line());
        spec.commandLine().getOut().println("silence " + silence.id() + " is over");
      }
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private static Silence one(Views views, String id) {
    return views.silences().stream()
        .filter(silence -> silence.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new CommandFault("no silence has the id " + id + ": see 'silence list --all'"));
  }
}
