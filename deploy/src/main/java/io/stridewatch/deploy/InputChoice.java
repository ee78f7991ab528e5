package io.stridewatch.deploy;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.collector.recording.Records;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
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

  /** Whether all of them are topics. */
  static boolean onlyTopics(List<String> inputs) {
    return inputs.stream().allMatch(input -> input.startsWith(TOPIC));
  }

  /**
   * All of them as one recording.
   *
   * @param source what every file is, or null
   * @throws CommandFault when one can't be opened
   */
  Recording recording(List<String> inputs, Source source) {
    return recording(inputs, source, null);
  }

  /**
   * The same.
   *
   * @param past is told which rules were in force where; may be null
   */
  Recording recording(List<String> inputs, Source source, PastEngines past) {
    if (Collections.frequency(inputs, "-") > 1) {
      throw new ParameterException(
          spec.commandLine(), "- is standard input, which can be read once: name it once");
    }
    List<String> files = inputs.stream().filter(input -> !input.startsWith(TOPIC)).toList();
    try {
      Recording recording = Recording.open(files, source, scope);
      return topics(inputs) ? recording.with(kept(inputs, past)) : recording;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  /**
   * Engines for topics, by the rules that were in force when their records came.
   *
   * @param today what is taken where nothing says which these were
   */
  PastEngines past(CompiledRules today, Lateness lateness) {
    return new PastEngines(today, new PastSets(where.kafka(), spec.commandLine()), lateness);
  }

  private List<Kept> kept(List<String> inputs, PastEngines past) throws IOException {
    Kafka kafka = where.kafka();
    List<Kept> kept = new ArrayList<>();
    for (String input : inputs) {
      if (input.startsWith(TOPIC)) {
        for (TopicReading reading : TopicReading.of(kafka, input.substring(TOPIC.length()))) {
          kept.add(new Kept(reading, past));
          if (past != null) {
            past.begin(reading);
          }
        }
      }
    }
    return kept;
  }

  /** A partition as records of a recording. */
  private record Kept(TopicReading reading, PastEngines past) implements Records {
    @Override
    public String name() {
      return TOPIC + reading.name();
    }

    @Override
    public SourceRecord next() throws IOException {
      SourceRecord record = reading.next();
      if (past != null && record != null) {
        past.read(reading, record);
      }
      return record;
    }

    @Override
    public void close() {
      reading.close();
    }
  }
}
