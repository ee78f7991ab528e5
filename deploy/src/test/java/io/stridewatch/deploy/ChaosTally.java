package io.stridewatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Alert;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.stream.AlertTail;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.TopicReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What lies on the topics and in the sink at the end. A record may lie on the events topic more
 * than once, since a post is repeated; an alert may not.
 */
final class ChaosTally {
  private static final Set<String> RULES =
      Set.of("privileged-workload", "daemon-json-changed", "privileged-container");

  private final Map<String, Integer> docker = new TreeMap<>();
  private final Map<String, Integer> kubernetes = new TreeMap<>();
  private final Map<String, Integer> rejected = new TreeMap<>();
  private final Map<String, Integer> alerts = new TreeMap<>();
  private final Map<String, Integer> told = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private int setAside;

  /** A time of which Docker's engine had no longer all events. */
  record Gap(Instant from, Instant to) {
    boolean has(long nanos) {
      return nanos > nanos(from) && nanos < nanos(to);
    }

    private static long nanos(Instant time) {
      return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
  }

  /** Reads all of it. */
  static ChaosTally of(Kafka kafka, Path sink) throws Exception {
    ChaosTally tally = new ChaosTally();
    each(kafka, "events", tally::event);
    each(
        kafka,
        "rejected",
        record ->
            tally.rejected.merge(
                new String(record.value(), StandardCharsets.UTF_8), 1, Integer::sum));
    try (AlertTail tail = new AlertTail(kafka)) {
      tail.read(Instant.MIN, false, alert -> count(tally.alerts, alert));
    }
    try (Stream<String> lines = Files.lines(sink)) {
      lines.map(Told::alert).forEach(alert -> count(tally.told, alert));
    }
    return tally;
  }

  private static void each(Kafka kafka, String topic, Consumer<SourceRecord> reader)
      throws IOException {
    for (TopicReading partition : TopicReading.of(kafka, topic)) {
      try (partition) {
        for (SourceRecord one = partition.next(); one != null; one = partition.next()) {
          reader.accept(one);
        }
      }
    }
  }

  private void event(SourceRecord record) {
    if (record.source() == Source.DOCKER) {
      docker.merge(record.id(), 1, Integer::sum);
    } else if (record.source() == Source.KUBERNETES) {
      kubernetes.merge(record.id().replaceFirst("(/[A-Za-z]+)/.*", "$1"), 1, Integer::sum);
    } else if (record.source() == Source.PIPELINE) {
      JsonNode json = Told.alert(new String(record.value(), StandardCharsets.UTF_8));
      setAside += json.path("kind").asText().equals("rejected") ? 1 : 0;
      if (json.path("kind").asText().equals("gap") && json.path("of").asText().equals("docker")) {
        gaps.add(
            new Gap(
                Instant.parse(json.path("from").asText()),
                Instant.parse(json.path("to").asText())));
      }
    }
  }

  private static void count(Map<String, Integer> times, Alert alert) {
    if (RULES.contains(alert.rule())) {
      times.merge(alert.evidence().get(0).ref(), 1, Integer::sum);
    }
  }

  private static void count(Map<String, Integer> times, JsonNode alert) {
    if (RULES.contains(alert.path("rule").asText())) {
      times.merge(alert.path("evidence").path(0).path("ref").asText(), 1, Integer::sum);
    }
  }

  /** How often each of Docker's events lies on the topic, by the name that a record has for it. */
  Map<String, Integer> docker() {
    return docker;
  }

  /** How often these requests lie on the events topic, in all. */
  int written(Set<String> requests) {
    return requests.stream().mapToInt(ref -> kubernetes.getOrDefault(ref, 0)).sum();
  }

  /** How often each record that can't be read lies on the rejected topic, by its text. */
  Map<String, Integer> rejected() {
    return rejected;
  }

  /** How many records collectors said that they set aside. */
  int setAside() {
    return setAside;
  }

  /** How often each record has its alert on the topic. */
  Map<String, Integer> alerts() {
    return alerts;
  }

  /** How often each record has its alert in the sink. */
  Map<String, Integer> told() {
    return told;
  }

  /** What was told of Docker's forgetting. */
  List<Gap> gaps() {
    return gaps;
  }
}
