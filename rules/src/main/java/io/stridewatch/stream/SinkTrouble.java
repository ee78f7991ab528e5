package io.stridewatch.stream;

import io.stridewatch.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * A sink that fails for longer than a minute is written to the events, once an outage; a rule makes
 * an alert of it, which the other sinks tell. One thread.
 */
final class SinkTrouble {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Kafka kafka;
  private final String sink;
  private final byte[] member;
  private final InstantSource clock;
  private Instant since;
  private boolean told;

  SinkTrouble(Kafka kafka, String sink, String member, InstantSource clock) {
    this.kafka = kafka;
    this.sink = sink;
    this.member = Envelope.bytes(member);
    this.clock = clock;
  }

  /**
   * It failed again.
   *
   * @param events what writes to Kafka; null where that can't be asked at all
   */
  void failed(Throwable why, KafkaProducer<byte[], byte[]> events) {
    Instant now = clock.instant();
    since = since == null ? now : since;
    if (!told && events != null && Duration.between(since, now).compareTo(PATIENCE) >= 0) {
      SourceRecord record = Pipeline.sink(sink, since, now, String.valueOf(why.getMessage()));
      // Not waited for: Kafka may be what fails. It is in order before what a sink is told next.
      events.send(Envelope.wrap(kafka.topics().events(), record, member, 0));
      told = true;
    }
  }

  /** It works. */
  void over() {
    since = null;
    told = false;
  }
}
