package io.stridewatch.stream;

import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker for the tests of a class, and topics of its own for each of them. */
final class OwnTopics implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  static final int MAX_RECORD = 1 << 20;
  private static final AtomicInteger PREFIX = new AtomicInteger();

  private final int partitions;
  private Path directory;
  private DataDirectory data;
  private EmbeddedBroker broker;
  private Kafka kafka;

  OwnTopics(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public void beforeAll(ExtensionContext test) throws Exception {
    directory = Files.createTempDirectory("own-topics-");
    data = DataDirectory.open(directory.resolve("data"));
    broker = EmbeddedBroker.start(data, "stridewatch", false);
  }

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    kafka = new Kafka(broker.kafka().properties(), "t" + PREFIX.incrementAndGet());
    kafka.topics().create(kafka, partitions, 1, MAX_RECORD);
  }

  @Override
  public void afterAll(ExtensionContext test) throws IOException {
    broker.close();
    data.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Those of this test. */
  Kafka kafka() {
    return kafka;
  }

  /** Why records were set aside, each with more of it. */
  List<String> rejected(Function<ConsumerRecord<byte[], byte[]>, String> more) throws IOException {
    List<String> reasons = new ArrayList<>();
    try (var consumer = kafka.consumer(Map.of())) {
      for (int partition = 0; partition < partitions; partition++) {
        Range rejected = new Range(consumer, kafka.topics().rejected(), partition);
        rejected.read(
            0,
            rejected.end(),
            record ->
                reasons.add(Envelope.textOrNull(record.headers(), "reason") + more.apply(record)));
      }
    }
    return reasons;
  }
}
