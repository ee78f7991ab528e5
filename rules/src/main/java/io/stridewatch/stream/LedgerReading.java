package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The ledger as it stands: reckoned from the topics and the sinks' positions, not from counters of
 * the processes that it checks.
 *
 * @param entries one for each partition, scope and source that was ever read
 * @param partitions of the events topic
 * @param sinks that were ever configured
 */
public record LedgerReading(
    List<LedgerEntry> entries, List<PartitionSum> partitions, List<SinkSum> sinks) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * One partition.
   *
   * @param alerts raised in it
   * @param waiting records that wait to be judged
   * @param gone records that Kafka deleted before they were judged
   */
  public record PartitionSum(int partition, long alerts, long waiting, long gone) {}

  /**
   * One sink. Alerts = delivered + dead + gone + waiting + silenced + ordinary.
   *
   * @param alerts committed since it was configured
   * @param delivered told
   * @param dead set aside, never to be told there
   * @param gone deleted by retention before they could be told
   * @param waiting to be told
   * @param silenced hidden by somebody's silence
   * @param ordinary hidden by a baseline
   * @param digested of the delivered, those that were told in a digest
   */
  public record SinkSum(
      String name,
      long alerts,
      long delivered,
      long dead,
      long gone,
      long waiting,
      long silenced,
      long ordinary,
      long digested) {
    /** Alerts that went nowhere: zero, or there is a fault. */
    public long difference() {
      return alerts - delivered - dead - gone - waiting - silenced - ordinary;
    }

    SinkSum plus(SinkSum other) {
      return new SinkSum(
          name,
          alerts + other.alerts,
          delivered + other.delivered,
          dead + other.dead,
          gone + other.gone,
          waiting + other.waiting,
          silenced + other.silenced,
          ordinary + other.ordinary,
          digested + other.digested);
    }
  }

  /**
   * Reads it, in a second or less where little waits.
   *
   * @throws IOException one line, when Kafka or our topics aren't there
   */
  public static LedgerReading of(Kafka kafka) throws IOException, InterruptedException {
    int partitions = kafka.topics().partitions(kafka);
    List<LedgerEntry> entries = new ArrayList<>();
    List<PartitionSum> sums = new ArrayList<>();
    Map<String, SinkSum> sinks = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader(Map.of());
        Admin admin = kafka.admin()) {
      List<String> names = sinks(kafka, admin);
      for (int partition = 0; partition < partitions; partition++) {
        Ledger ledger = ledger(kafka, consumer, partition);
        entries.addAll(ledger.entries());
        sums.add(sum(kafka, consumer, partition, ledger));
        for (String name : names) {
          sinks.merge(name, sink(kafka, admin, consumer, name, ledger), SinkSum::plus);
        }
      }
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for the ledger", e);
    }
    return new LedgerReading(entries, sums, List.copyOf(sinks.values()));
  }

  /** Records that wait to be judged. */
  public long waiting() {
    return partitions.stream().mapToLong(PartitionSum::waiting).sum();
  }

  /** Records that Kafka deleted before they were judged. */
  public long gone() {
    return partitions.stream().mapToLong(PartitionSum::gone).sum();
  }

  /** Records that collectors wrote and that never came. */
  public long missing() {
    return entries.stream().mapToLong(LedgerEntry::missingNumbers).sum();
  }

  /** Events and alerts that went nowhere: zero, or there is a fault. */
  public long difference() {
    return entries.stream().mapToLong(LedgerEntry::difference).sum()
        + sinks.stream().mapToLong(SinkSum::difference).sum();
  }

  private static List<String> sinks(Kafka kafka, Admin admin)
      throws IOException, InterruptedException {
    String prefix = SinkGroup.prefix(kafka);
    return Failures.await(
            admin.listGroups().all(),
            PATIENCE,
            "Kafka at " + kafka.address() + " was asked for groups")
        .stream()
        .map(GroupListing::groupId)
        .filter(group -> group.startsWith(prefix))
        .map(group -> group.substring(prefix.length()))
        .toList();
  }

  private static Ledger ledger(Kafka kafka, KafkaConsumer<byte[], byte[]> consumer, int partition)
      throws IOException {
    Ledger ledger = new Ledger(partition);
    Range range = new Range(consumer, kafka.topics().ledger(), partition);
    range.read(
        range.beginning(), range.end(), record -> ledger.restore(record.key(), record.value()));
    return ledger;
  }

  private static PartitionSum sum(
      Kafka kafka, KafkaConsumer<byte[], byte[]> consumer, int partition, Ledger ledger) {
    Range events = new Range(consumer, kafka.topics().events(), partition);
    long next = ledger.position() < 0 ? events.beginning() : ledger.position();
    return new PartitionSum(
        partition, ledger.alerts(), Math.max(0, events.end() - next), ledger.gone());
  }

  private static SinkSum sink(
      Kafka kafka, Admin admin, KafkaConsumer<byte[], byte[]> consumer, String name, Ledger ledger)
      throws IOException, InterruptedException {
    TopicPartition partition = new TopicPartition(kafka.topics().alerts(), ledger.partition());
    OffsetAndMetadata committed =
        Failures.await(
                admin
                    .listConsumerGroupOffsets(SinkGroup.prefix(kafka) + name)
                    .partitionsToOffsetAndMetadata(),
                PATIENCE,
                "Kafka at " + kafka.address() + " was asked for the positions of sink " + name)
            .get(partition);
    if (committed == null) {
      return new SinkSum(name, 0, 0, 0, 0, 0, 0, 0, 0);
    }
    Range alerts = new Range(consumer, partition.topic(), partition.partition());
    Optional<Long> next = number(alerts, committed.offset());
    long revived = revived(kafka, admin, name, ledger.partition());
    SinkCount count = SinkCount.read(committed.metadata()).revived(revived);
    return sum(name, count, next, ledger.alerts());
  }

  /** Of its dead letters, those that were told later. */
  private static long revived(Kafka kafka, Admin admin, String name, int partition)
      throws IOException, InterruptedException {
    return DeadLetters.told(
        Failures.await(
                admin
                    .listConsumerGroupOffsets(DeadLetters.group(kafka, name))
                    .partitionsToOffsetAndMetadata(),
                PATIENCE,
                "Kafka at " + kafka.address() + " was asked for the dead letters of sink " + name)
            .get(new TopicPartition(kafka.topics().rejected(), partition)));
  }

  private static Optional<Long> number(Range alerts, long from) throws IOException {
    return alerts
        .first(Math.max(from, alerts.beginning()), alerts.end())
        .map(record -> Envelope.number(record.headers(), Envelope.SEQ));
  }

  /**
   * @param next number of the first alert that waits
   * @param raised number of the newest alert; a sink may be ahead of what was read of it
   */
  static SinkSum sum(String name, SinkCount count, Optional<Long> next, long raised) {
    long newest = Math.max(raised, count.last());
    long waiting = next.map(number -> Math.max(0, newest - number + 1)).orElse(0L);
    long alerts = count.from() < 0 ? waiting : newest - count.from();
    return new SinkSum(
        name,
        alerts,
        count.delivered(),
        count.dead(),
        count.gone(),
        waiting,
        count.silenced(),
        count.ordinary(),
        count.digested());
  }
}
