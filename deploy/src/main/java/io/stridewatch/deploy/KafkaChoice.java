package io.stridewatch.deploy;

import io.stridewatch.deploy.broker.Instance;
import io.stridewatch.deploy.settings.Setting;
import io.stridewatch.deploy.settings.Settings;
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
      description = "First word of topics (default: " + Kafka.DEFAULT_PREFIX + ").")
  private String prefix;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of an instance that runs on this machine.")
  private Path data;

  /**
   * The Kafka that is meant: by flags, else by the environment as {@code run} reads it.
   *
   * @throws CommandFault when there is no such instance
   */
  Kafka kafka() {
    if (bootstrap == null && data == null) {
      bootstrap = variable(Settings.KAFKA).orElse(null);
      data = variable(Settings.DATA).map(Path::of).orElse(null);
    }
    if (bootstrap == null) {
      return running(data != null ? data : Surroundings.here().data());
    }
    try {
      return Kafka.foreign(
          bootstrap,
          config != null ? config : variable(Settings.KAFKA_CONFIG).map(Path::of).orElse(null),
          prefix != null ? prefix : variable(Settings.TOPIC_PREFIX).orElse(Kafka.DEFAULT_PREFIX));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  /** Where the instance of this machine is by now; empty when none runs, or a Kafka was named. */
  Optional<Kafka> now() {
    try {
      return Optional.of(kafka()).filter(found -> bootstrap == null);
    } catch (CommandFault e) {
      return Optional.empty();
    }
  }

  private static Optional<String> variable(Setting<?> setting) {
    String text = Surroundings.here().environment().getOrDefault(setting.variable(), "");
    return Optional.of(text).filter(given -> !given.isEmpty());
  }

  /**
   * The Kafka of the instance that has this data directory, or that plays the demo there.
   *
   * @throws CommandFault when none runs
   */
  static Kafka running(Path directory) {
    try {
      return found(directory).orElseThrow(() -> new CommandFault(none(directory)));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  /**
   * The same; empty when none runs.
   *
   * @throws IOException one line, when the directory may not be read
   */
  static Optional<Kafka> found(Path directory) throws IOException {
    Optional<Instance> own = Instance.find(directory);
    return (own.isPresent() ? own : Instance.find(directory.resolve(DEMO))).map(Instance::kafka);
  }

  private static String none(Path directory) {
    return "no instance runs on "
        + directory
        + ": start one with 'stridewatch run', or name its --data DIR or its --kafka HOST:PORT";
  }
}
