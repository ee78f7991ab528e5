package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Hidden;
import io.stridewatch.Sink;
import io.stridewatch.stream.SinkCount.Fate;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells one sink committed alerts gathered to notices, at least once: an alert counts as told when
 * a notice of it was, and the position stands before the oldest that was not. After a crash or a
 * rebalance alerts behind that are gathered again, and groups that were told go on as {@link
 * Standings} keeps them, so that people are reminded in time. Retry, waits, dead letters and the
 * group's name are as {@link Delivery} has them. At most 10,000 alerts are held; more wait on the
 * topic.
 *
 * <p>{@link #run} is called by one thread, {@link #close} by any.
 */
public final class GroupDelivery implements AutoCloseable {
  private static final int MOST = 10_000;

  private final Sink sink;
  private final Function<Alert, Optional<Hidden>> hiding;
  private final Supplier<Gathering> gatherings;
  private final InstantSource clock;
  private final SinkGroup group;
  private final Outage broker;
  private final Outage target;
  private final SinkTrouble trouble;
  private final Held held = new Held();
  private final Standings standings;
  private final Deque<Notice> untold = new ArrayDeque<>();
  private final SinkMember member;
  private Gathering gathering;
  private long again;

  /** How alerts become notices. Called by one thread. */
  public interface Gathering {
    /**
     * Takes an alert; it comes back in one notice.
     *
     * @return whether it is for the sink at all
     */
    boolean accept(long number, Alert alert, Instant now);

    /** What is to be told by now. */
    List<Notice> due(Instant now);

    /** What is to be known again after a restart, in a few characters; kept with the positions. */
    String memo();

    /** Goes on with such a memo; each partition that comes from elsewhere brings one. */
    void remember(String memo);

    /** The group that the alert belongs to; nothing where it is told by itself. */
    Optional<String> group(Alert alert);

    /**
     * Goes on with a group that was told.
     *
     * @param text as {@link Standing} had it
     * @param newest gives its newest alert, or nothing where that is gone; asked when needed
     * @return whether there is such a group still
     */
    boolean restore(String text, Supplier<Optional<Alert>> newest);
  }

  /**
   * A group of which something was told.
   *
   * @param text what is to be known of it after a restart; null when it is over
   * @param numbers those of its alerts that are told by now, and were not before
   */
  public record Standing(String group, String text, List<Long> numbers) {}

  /**
   * What is to be told of some alerts.
   *
   * @param alert null where nothing is told of them
   * @param numbers theirs; none of a reminder
   * @param digested whether they are told in a digest
   * @param standings groups as they stand when it is told
   */
  public record Notice(
      Alert alert, List<Long> numbers, boolean digested, List<Standing> standings) {
    private Fate fate() {
      return digested ? Fate.DIGESTED : Fate.DELIVERED;
    }
  }

  /**
   * Connects when it runs.
   *
   * @param hiding why an alert is not told; it is counted
   * @param gatherings gives an empty one
   * @param memberId as {@link Delivery} has it
   */
  public GroupDelivery(
      Kafka kafka,
      Sink sink,
      Function<Alert, Optional<Hidden>> hiding,
      Supplier<Gathering> gatherings,
      String memberId,
      InstantSource clock) {
    this.sink = sink;
    this.hiding = hiding;
    this.gatherings = gatherings;
    this.clock = clock;
    group = new SinkGroup(kafka, sink.name(), memberId);
    trouble = new SinkTrouble(kafka, sink.name(), memberId, clock);
    broker = Outage.ofDelivery(sink.name());
    member = new SinkMember(kafka, sink.name(), group, broker);
    standings = new Standings(kafka, sink.name());
    gathering = gatherings.get();
    target = Outage.ofSink(sink.name());
  }

  /**
   * Fixes where a sink that was never seen starts, as {@link Delivery#configure} does.
   *
   * @throws IOException one line, when Kafka is away
   */
  public void configure(boolean fromStart) throws IOException, InterruptedException {
    group.configure(fromStart);
  }

  /**
   * Works until {@link #close}; what is held then is told by the next run.
   *
   * @throws InterruptedException when its thread is told to stop
   */
  public void run() throws InterruptedException {
    member.run(new Telling());
  }

  /** Takes in, tells what is due, commits what is done. */
  private final class Telling implements SinkMember.Work {
    @Override
    public void take(ConsumerRecords<byte[], byte[]> records)
        throws IOException, InterruptedException {
      if (!member.consumer().assignment().isEmpty()) {
        broker.end();
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        accept(record);
      }
      untold.addAll(gathering.due(clock.instant()));
      while (member.open() && !untold.isEmpty() && System.nanoTime() >= again) {
        tell(untold.peek());
      }
      commit();
      hold();
    }

    @Override
    public void failed(Exception why) {}

    @Override
    public void left() {
      forget();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      forget();
      for (TopicPartition partition : member.consumer().assignment()) {
        gathering.remember(group.count(member.consumer(), partition).memo());
      }
      standings.restore(member.consumer().assignment(), gathering);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit();
      forget();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      forget();
    }
  }

  /** Reads no more while much is held, or the sink fails; stays a member of its group. */
  private void hold() {
    if (held.size() >= MOST || !untold.isEmpty()) {
      member.consumer().pause(member.consumer().assignment());
    } else {
      member.consumer().resume(member.consumer().paused());
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> record)
      throws IOException, InterruptedException {
    long number = held.add(record);
    Alert alert;
    try {
      alert = AlertJson.read(record.value());
    } catch (IOException e) {
      set(number, e.getMessage());
      return;
    }
    Optional<Hidden> hidden = hiding.apply(alert);
    if (hidden.isPresent()) {
      held.done(number, Fate.of(hidden.get()));
    } else if (standings.told(record, () -> gathering.group(alert))) {
      held.done(number, Fate.DELIVERED);
    } else if (!gathering.accept(number, alert, clock.instant())) {
      held.done(number, Fate.DELIVERED);
    }
  }

  private void tell(Notice notice) throws IOException, InterruptedException {
    Optional<String> refused = Optional.empty();
    try {
      if (notice.alert() != null) {
        sink.deliver(notice.alert());
      }
    } catch (IOException e) {
      trouble.failed(e, member.aside());
      target.begin(e);
      again = System.nanoTime() + target.nextMillis() * 1_000_000;
      return;
    } catch (RuntimeException e) {
      refused = Optional.of(String.valueOf(e.getMessage()));
    }
    for (Standing standing : notice.standings()) {
      standings.keep(standing, held, member.aside());
    }
    for (long number : notice.numbers()) {
      if (refused.isEmpty()) {
        held.done(number, notice.fate());
      } else {
        set(number, refused.get());
      }
    }
    untold.remove();
    target.end();
    trouble.over();
  }

  private void set(long number, String reason) throws IOException, InterruptedException {
    member.setAside(held.record(number), reason);
    held.done(number, Fate.DEAD);
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> done =
        held.done(partition -> group.count(member.consumer(), partition), gathering.memo());
    if (!done.isEmpty()) {
      member.consumer().commitSync(done);
    }
  }

  private void forget() {
    held.clear();
    untold.clear();
    standings.forget();
    gathering = gatherings.get();
  }

  /** Ends {@link #run} after the notice at hand. Idempotent; does not wait. */
  @Override
  public void close() {
    member.close();
  }
}
