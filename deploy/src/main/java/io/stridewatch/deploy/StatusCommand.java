package io.stridewatch.deploy;

import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.LedgerReading;
import io.stridewatch.stream.RuleFaults;
import io.stridewatch.stream.RulesAsked;
import io.stridewatch.stream.TopicUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The ledger: where every record went, and what is kept. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the ledger: where every record went, and what the topics take.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private OutputChoice output;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Kafka kafka = where.kafka();
      LedgerReport report = new LedgerReport(LedgerReading.of(kafka));
      TopicReport topics = new TopicReport(TopicUse.of(kafka), Instant.now());
      RuleReport rules = new RuleReport(RulesAsked.of(kafka), RuleFaults.of(kafka), Instant.now());
      if (output.json()) {
        topics.json().forEach(out::println);
        rules.json().forEach(out::println);
        report.json().forEach(out::println);
      } else {
        out.println(kafka);
        topics.text().forEach(out::println);
        rules.text().forEach(out::println);
        report.text().forEach(out::println);
      }
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }
}
