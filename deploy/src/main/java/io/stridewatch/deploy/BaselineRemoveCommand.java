package io.stridewatch.deploy;

import io.stridewatch.sink.view.Baseline;
import io.stridewatch.sink.view.Learned;
import io.stridewatch.sink.view.Ordinary;
import io.stridewatch.sink.view.Views;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes entries off a list, or a baseline away: what it hid is shown again. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = {
      "Takes entries off a baseline's list, or the whole baseline away where none is named.",
      "What they hid is shown again; an entry that was removed is not learned anew."
    })
final class BaselineRemoveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "A baseline's id.")
  private String id;

  @Parameters(
      index = "1..*",
      paramLabel = "ENTRY",
      description = "Ids of entries, as show has them.")
  private List<String> entries = List.of();

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Kafka kafka = where.kafka();
      Views views = KeptViews.of(kafka);
      Baseline baseline = BaselineCommand.one(views, id);
      ViewsTopic.write(kafka, entries.isEmpty() ? whole(views, baseline) : named(views, baseline));
      spec.commandLine()
          .getOut()
          .println(
              entries.isEmpty()
                  ? "baseline " + id + " is removed"
                  : "removed from baseline " + id + ": " + String.join(" ", entries));
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  /** The baseline first: from then on it hides nothing. */
  private static Map<String, String> whole(Views views, Baseline baseline) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(baseline.key(), null);
    lines.put(Learned.everywhere(baseline.id()).key(), null);
    for (Ordinary entry : views.ordinary(baseline)) {
      lines.put(entry.key(), null);
    }
    for (Learned sum : views.learned(baseline)) {
      lines.put(sum.key(), null);
    }
    return lines;
  }

  private Map<String, String> named(Views views, Baseline baseline) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String name : entries) {
      Ordinary entry =
          views.ordinary(baseline).stream()
              .filter(one -> one.id().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new CommandFault(
                          "no entry is called " + name + ": see 'baseline show " + id + "'"));
      lines.put(entry.key(), entry.takenOff().line());
    }
    return lines;
  }
}
