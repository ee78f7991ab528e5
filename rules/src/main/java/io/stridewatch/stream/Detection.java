package io.stridewatch.stream;

import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Takes events to alerts, exactly once. One member of the group {@code PREFIX.detection}; each
 * partition that it is given has an engine, a thread and a transactional producer of its own. When
 * anything fails it drops all, waits and joins again; an engine is then brought back from the
 * topics.
 *
 * <p>{@link #run} is called by one thread, {@link #close} by any.
 */
public final class Detection implements AutoCloseable {
  private final Parts parts;
  private final Outage outage;
  private volatile DetectionRound round;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * How it is set.
   *
   * @param memberId tells this process from others of the group; the same after a restart, so that
   *     it has its partitions back at once
   * @param lateness how long after it happened an event of a source may still come
   * @param tick how often time is told to a partition
   */
  public record Settings(String memberId, Function<Source, Duration> lateness, Duration tick) {
    /** How far an engine's time may be behind the arrival of its events. */
    Duration behind() {
      return Arrays.stream(Source.values())
          .map(lateness)
          .max(Comparator.naturalOrder())
          .orElse(Duration.ZERO)
          .plus(tick);
    }

    /** The lateness and the tick that suit all sources but a batching webhook. */
    public static Settings of(String memberId) {
      Duration usual = Duration.ofSeconds(5);
      return new Settings(memberId, source -> usual, usual);
    }
  }

  /** Retried at once, for the last transaction may still be closing when the next begins. */
  private static final String PRODUCER =
      """
      transactional.id = %s.%d
      transaction.timeout.ms = 30000
      retry.backoff.ms = 1
      retry.backoff.max.ms = 100
      max.block.ms = 20000
      request.timeout.ms = 10000
      delivery.timeout.ms = 20000
      max.request.size = 268435456
      buffer.memory = 268435456
      """;

  /** What the round and its tasks are made of. */
  record Parts(
      Kafka kafka,
      Function<SourceRecord, AuditEvent> decoder,
      Engines engines,
      Rulebook rules,
      Settings settings,
      Clock clock) {

    Topics topics() {
      return kafka.topics();
    }

    String group() {
      return kafka.topicPrefix() + ".detection";
    }

    Judge judge() {
      RuleEngine engine = engines.engine();
      return new Judge(
          decoder,
          engine,
          new PartitionClock(settings.lateness()),
          new InForce(digest -> engines.replace(engine, digest)));
    }

    RulesFollower follower() {
      return new RulesFollower(kafka, engines, rules, settings.memberId(), clock);
    }

    Recovery recovery() {
      return new Recovery(kafka, engines, rules, group(), settings.behind(), clock);
    }

    PartitionLinks links(
        int partition,
        long next,
        LinkJudge judge,
        KafkaProducer<byte[], byte[]> producer,
        Supplier<Set<Integer>> awake) {
      TopicPartition links = new TopicPartition(topics().links(), partition);
      return new PartitionLinks(links, next, judge, producer, awake);
    }

    KafkaProducer<byte[], byte[]> producer(int partition) {
      return kafka.producer(Kafka.settings(PRODUCER.formatted(group(), partition)));
    }
  }

  /**
   * Connects when it runs.
   *
   * @param decoder pure; called by many threads
   * @param clock of the machine, for ticks
   */
  public Detection(
      Kafka kafka,
      Function<SourceRecord, AuditEvent> decoder,
      Engines engines,
      Settings settings,
      Clock clock) {
    Rulebook rules = new Rulebook(kafka, engines, settings.memberId(), clock);
    parts = new Parts(kafka, decoder, engines, rules, settings, clock);
    outage = new Outage("detection stands still", "detection goes on");
  }

  /**
   * Works until {@link #close}.
   *
   * @throws InterruptedException when its thread is told to stop
   */
  public void run() throws InterruptedException {
    RulesFollower follower = parts.follower().start();
    try {
      rounds();
    } finally {
      follower.close();
    }
  }

  private void rounds() throws InterruptedException {
    while (closed.getCount() > 0) {
      try (DetectionRound fresh = new DetectionRound(parts, outage)) {
        round = fresh;
        while (closed.getCount() > 0) {
          fresh.step();
        }
      } catch (WakeupException e) {
        // Closed: the loop sees it.
      } catch (InterruptException e) {
        throw new InterruptedException("detection was interrupted");
      } catch (RuntimeException | IOException e) {
        outage.begin(e);
        outage.pause(closed);
      }
    }
  }

  /** Whether it has its partitions and judges what comes. */
  public boolean ready() {
    DetectionRound current = round;
    return current != null && current.ready();
  }

  /** Ends {@link #run} after what was judged is committed. Idempotent; does not wait. */
  @Override
  public void close() {
    closed.countDown();
    DetectionRound current = round;
    if (current != null) {
      current.wakeup();
    }
  }
}
