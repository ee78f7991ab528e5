package io.stridewatch.stream;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/** The rules that were in force where, for who reads the events again. One thread. */
public final class PastRules {
  private final Kafka kafka;

  /** Of the events of that Kafka. Connects when it is asked. */
  public PastRules(Kafka kafka) {
    this.kafka = kafka;
  }

  /** The digest of the set that a marker puts in force; empty for any other record. */
  public static Optional<String> named(SourceRecord record) {
    if (record.source() != Source.PIPELINE || !record.type().equals(Pipeline.RULES)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Marker.digest(record.value()));
    } catch (UnreadableRecordException e) {
      return Optional.empty();
    }
  }

  /**
   * The set of a digest, where the rules topic has it.
   *
   * @throws IOException one line, when Kafka is away
   */
  public Optional<RulesText> text(String digest) throws IOException {
    return new RulesTopic(kafka).text(digest);
  }

  /**
   * The digest of the set in force at the oldest record of a partition of events that is kept: as
   * its owner noted it, else as the next marker says.
   *
   * @throws IOException one line, when Kafka is away
   */
  public Optional<String> oldest(int partition) throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader(Map.of())) {
      Range events = new Range(consumer, kafka.topics().events(), partition);
      long oldest = events.beginning();
      String noted = noted(new Range(consumer, kafka.topics().memory(), partition)).at(oldest);
      return noted == null ? next(events, oldest) : Optional.of(noted);
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for past rules", e);
    }
  }

  private static InForce noted(Range memory) throws IOException {
    byte[][] newest = {null};
    memory.read(
        memory.beginning(),
        memory.end(),
        record -> {
          if (InForce.KEY.equals(new String(record.key(), StandardCharsets.UTF_8))) {
            newest[0] = record.value();
          }
        });
    InForce noted = new InForce(any -> true);
    noted.restore(newest[0]);
    return noted;
  }

  private Optional<String> next(Range events, long from) throws IOException {
    return Optional.ofNullable(
        Marker.first(events, from, events.end(), digest -> text(digest).isPresent()));
  }
}
