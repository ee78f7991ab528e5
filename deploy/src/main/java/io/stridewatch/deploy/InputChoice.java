package io.stridewatch.deploy;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.collector.recording.Records;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.TopicReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a command reads records from: files, standard input, topics of an instance's Kafka. */
final class InputChoice {
  private static final String TOPIC = "topic:";

  @Option(
      names = "--scope",
      defaultValue = "-",
      description = "Scope of records that name none (default: ${DEFAULT-VALUE}).")
  private String scope;

  @Mixin private KafkaChoice where;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** Whether one of them is a topic. */
  static boolean topics(List<String> inputs) {
    return inputs.stream().anyMatch(input -> input.startsWith(TOPIC));
  }

  /**
   * All of them as one recording.
   *
   * @param source what every file is, or null
   * @throws CommandFault when one can't be opened
   */
  Recording recording(List<String> inputs, Source source) {
    if (Collections.frequency(inputs, "-") > 1) {
      throw new ParameterException(
          spec.commandLine(), "- is standard input, which can be read once: name it once");
    }
    List<String> files = inputs.stream().filter(input -> !input.startsWith(TOPIC)).toList();
    try {
      Recording recording = Recording.open(files, source, scope);
      return topics(inputs) ? recording.with(kept(inputs)) : recording;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private List<Kept> kept(List<String> inputs) throws IOException {
    Kafka kafka = where.kafka();
    List<Kept> kept = new ArrayList<>();
    for (String input : inputs) {
      if (input.startsWith(TOPIC)) {
        TopicReading.of(kafka, input.substring(TOPIC.length()))
            .forEach(reading -> kept.add(new Kept(reading)));
      }
    }
    return kept;
  }

  /** A partition as records of a recording. */
  private record Kept(TopicReading reading) implements Records {
    @Override
    public String name() {
      return TOPIC + reading.name();
    }

    @Override
    public SourceRecord next() throws IOException {
      return reading.next();
    }

    @Override
    public void close() {
      reading.close();
    }
  }
}
