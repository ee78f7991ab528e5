package io.stridewatch.stream;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the partitions of a process find the rules that their markers name, and learn which are
 * asked for now. Thread-safe.
 */
final class Rulebook {
  private static final Logger LOG = LoggerFactory.getLogger(Rulebook.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Kafka kafka;
  private final Engines engines;
  private final String member;
  private final Clock clock;
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile String asked;
  private volatile String trouble = "nobody has said so yet";

  Rulebook(Kafka kafka, Engines engines, String member, Clock clock) {
    this.kafka = kafka;
    this.engines = engines;
    this.member = member;
    this.clock = clock;
  }

  /** This set is asked for, and known here. */
  void asked(String digest) {
    asked = digest;
    known.countDown();
  }

  /** Why it is not known which set is asked for. */
  void trouble(String why) {
    trouble = why;
  }

  /** The set that is asked for; null while that is not known. */
  String asked() {
    return asked;
  }

  /** The same; waits until it is known. */
  private String await() throws IOException, InterruptedException {
    if (!known.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("it is not known which rules are to be in force: " + trouble);
    }
    return asked;
  }

  /**
   * Learns a set from the rules topic; false when it is not there, or is not what its digest says.
   *
   * @throws IOException one line, when Kafka is away
   */
  boolean fetch(String digest) throws IOException {
    Optional<RulesText> text = new RulesTopic(kafka).text(digest);
    if (text.isEmpty()) {
      return false;
    }
    try {
      engines.learn(text.get());
      return true;
    } catch (RuntimeException e) {
      LOG.error("rules on the topic can't be compiled: set={} why={}", digest, e.toString());
      return false;
    }
  }

  /** Has a partition go on with a set, learned where it must be; false when there is none. */
  boolean begin(InForce inForce, String digest, long offset) throws IOException {
    return inForce.begin(digest, offset) || fetch(digest) && inForce.begin(digest, offset);
  }

  /** The record that puts the set in force in a partition. */
  ProducerRecord<byte[], byte[]> marker(int partition, String digest) {
    ProducerRecord<byte[], byte[]> marker =
        Envelope.wrap(
            kafka.topics().events(),
            Pipeline.rules(digest, member, partition, clock.instant()),
            Envelope.bytes(member),
            0);
    return new ProducerRecord<>(
        marker.topic(), partition, marker.key(), marker.value(), marker.headers());
  }

  /**
   * What is in force at an offset of a partition when nobody noted it: what the next marker says.
   * Where there is none, one is written for what is asked for.
   */
  String first(Range events, long from) throws IOException, InterruptedException {
    long end = events.end();
    String first = marked(events, from, end);
    if (first == null) {
      String now = await();
      kafka.write(
          List.of(marker(events.partition().partition(), now)),
          Map.of("linger.ms", "0"),
          PATIENCE,
          "Kafka at " + kafka.address() + " was given a marker of rules");
      first = marked(events, Math.max(from, end), events.end());
      first = first == null ? now : first;
    }
    return first;
  }

  private String marked(Range events, long from, long to) throws IOException {
    return Marker.first(
        events, from, to, digest -> digest.equals(engines.own().digest()) || fetch(digest));
  }
}
