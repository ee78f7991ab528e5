package io.stridewatch.deploy;

import io.stridewatch.deploy.broker.Instance;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which instance a command asks: a Kafka's, or the one that runs on this machine. */
final class KafkaChoice {
  /** Where the demo's data lie, below the data directory: they are never mixed with real ones. */
  static final String DEMO = "demo";

  @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "The instance's Kafka.")
  private String bootstrap;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of Kafka's clients: its security.")
  private Path config;

  @Option(
      names = "--topic-prefix",
      paramLabel = "WORD",
      defaultValue = Kafka.DEFAULT_PREFIX,
      description = "First word of topics (default: ${DEFAULT-VALUE}).")
  private String prefix;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of an instance that runs on this machine.")
  private Path data;

  /**
   * The Kafka that is meant.
   *
   * @throws CommandFault when there is no such instance
   */
  Kafka kafka() {
    try {
      if (bootstrap != null) {
        return Kafka.foreign(bootstrap, config, prefix);
      }
      Path directory = data != null ? data : Surroundings.here().data();
      return Instance.find(directory)
          .or(() -> demo(directory))
          .map(Instance::kafka)
          .orElseThrow(() -> new CommandFault(none(directory)));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private static Optional<Instance> demo(Path directory) {
    try {
      return Instance.find(directory.resolve(DEMO));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private static String none(Path directory) {
    return "no instance runs on "
        + directory
        + ": start one with 'stridewatch run', or name its --data DIR or its --kafka HOST:PORT";
  }
}
