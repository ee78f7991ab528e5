package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A member of a sink's group: reads the committed alerts and hands them on. When anything fails it
 * leaves, waits and joins again.
 *
 * <p>{@link #run} is called by one thread, {@link #close} by any.
 */
final class SinkMember implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Kafka kafka;
  private final String sink;
  private final SinkGroup group;
  private final Outage outage;
  private final CountDownLatch closed = new CountDownLatch(1);
  private KafkaConsumer<byte[], byte[]> consumer;
  private KafkaProducer<byte[], byte[]> aside;

  /** What is done with the alerts; all of it by the thread that runs. */
  interface Work extends ConsumerRebalanceListener {
    /** Tells what one poll gave: often nothing. */
    void take(ConsumerRecords<byte[], byte[]> records) throws IOException, InterruptedException;

    /** It failed, and begins again. */
    void failed(Exception why);

    /** The membership is over: positions are known no more. */
    void left();
  }

  SinkMember(Kafka kafka, String sink, SinkGroup group, Outage outage) {
    this.kafka = kafka;
    this.sink = sink;
    this.group = group;
    this.outage = outage;
  }

  /**
   * Works until {@link #close}.
   *
   * @throws InterruptedException when its thread is told to stop
   */
  void run(Work work) throws InterruptedException {
    while (open()) {
      try {
        consumer = group.consumer();
        aside = kafka.producer(Map.of("linger.ms", "0"));
        consumer.subscribe(List.of(kafka.topics().alerts()), work);
        while (open()) {
          work.take(poll());
        }
      } catch (InterruptException e) {
        throw new InterruptedException("delivery was interrupted");
      } catch (RuntimeException | IOException e) {
        outage.begin(e);
        work.failed(e);
        outage.pause(closed);
      } finally {
        work.left();
        leave();
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      // Deleted by retention: the numbers of the alerts that follow show how many.
      consumer.seekToBeginning(e.partitions());
      return ConsumerRecords.empty();
    }
  }

  private void leave() {
    if (aside != null) {
      Kafka.close(aside);
      aside = null;
    }
    if (consumer != null) {
      Kafka.close(consumer);
      consumer = null;
    }
  }

  /** Sets an alert aside that the sink can never take. */
  void setAside(ConsumerRecord<byte[], byte[]> alert, String reason)
      throws IOException, InterruptedException {
    SetAside.dead(kafka, aside, alert, sink, reason);
  }

  /** What reads the alerts; only while it runs. */
  KafkaConsumer<byte[], byte[]> consumer() {
    return consumer;
  }

  /** What writes beside them; only while it runs, and null where Kafka can't be asked at all. */
  KafkaProducer<byte[], byte[]> aside() {
    return aside;
  }

  boolean open() {
    return closed.getCount() > 0;
  }

  /** Ends {@link #run} after the alerts at hand. Idempotent; does not wait. */
  @Override
  public void close() {
    closed.countDown();
  }
}
