package io.stridewatch.stream;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on the rules topic what this process's rule files say, once when it starts and whenever they
 * have changed, and learns what others say there: who spoke last has his rules in force everywhere.
 * A set is compiled here before it is asked of any partition. A thread of its own; while Kafka is
 * away it tries again.
 */
final class RulesFollower implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RulesFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofMillis(10);
  private final Kafka kafka;
  private final Engines engines;
  private final Rulebook book;
  private final String member;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this, "rules-in-force");
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private String said;
  private String refused;

  RulesFollower(Kafka kafka, Engines engines, Rulebook book, String member, Clock clock) {
    this.kafka = kafka;
    this.engines = engines;
    this.book = book;
    this.member = member;
    this.clock = clock;
  }

  RulesFollower start() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  @Override
  public void run() {
    try {
      while (closed.getCount() > 0) {
        follow();
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> own = kafka.consumer(Map.of())) {
      consumer = own;
      TopicPartition rules = new TopicPartition(kafka.topics().rules(), 0);
      RulesTopic topic = new RulesTopic(kafka);
      own.assign(List.of(rules));
      own.seekToBeginning(List.of(rules));
      long end = end(rules);
      while (closed.getCount() > 0) {
        own.poll(said == null ? SOON : POLL).forEach(topic::take);
        if (own.position(rules) >= end) {
          if (say(topic)) {
            end = end(rules);
          } else {
            listen(topic.asked());
          }
        }
      }
    } catch (WakeupException e) {
      // Closed.
    } catch (InterruptException e) {
      throw e;
    } catch (IOException | KafkaException e) {
      book.trouble(e.getMessage());
      closed.await(1, TimeUnit.SECONDS);
    }
  }

  private long end(TopicPartition rules) {
    return consumer.endOffsets(List.of(rules)).get(rules);
  }

  /** True when it did; what another has said already needs no saying. */
  private boolean say(RulesTopic topic) throws IOException, InterruptedException {
    RulesText own = engines.own();
    if (own.digest().equals(said)) {
      return false;
    }
    boolean news = topic.asked() == null || !topic.asked().digest().equals(own.digest());
    if (news) {
      topic.ask(
          own,
          RulesAsked.after(
              topic.asked(), own.digest(), member, clock.instant(), engines.memories()));
    }
    said = own.digest();
    return news;
  }

  private void listen(RulesAsked asked) throws IOException {
    if (asked == null || asked.digest().equals(book.asked()) || asked.digest().equals(refused)) {
      return;
    }
    boolean own = asked.digest().equals(engines.own().digest());
    if (own || book.fetch(asked.digest())) {
      tell(asked, own, book.asked() == null);
      refused = null;
      book.asked(asked.digest());
      return;
    }
    refused = asked.digest();
    book.trouble("the set that was asked for last is not to be had");
    LOG.error(
        "rules that were asked for are not to be had, those before stay in force: set={} by={}",
        asked.digest(),
        asked.by());
  }

  private static void tell(RulesAsked asked, boolean own, boolean first) {
    if (own && !first) {
      LOG.info(
          "other rules are in force: set={} new with memory, seeing from now on={}",
          asked.digest(),
          asked.fresh());
    } else if (!own) {
      LOG.warn(
          "the rules in force are another process's, not those of the files here: set={} by={} since={}",
          asked.digest(),
          asked.by(),
          asked.at());
    }
  }

  /** Ends its thread. Idempotent; waits 5 s at most. */
  @Override
  public void close() {
    closed.countDown();
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
