package io.stridewatch.deploy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The ledger: where every record went. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the ledger: where every record went.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private KafkaChoice where;

  @Override
  public Integer call() {
    where.kafka();
    return 0;
  }
}
