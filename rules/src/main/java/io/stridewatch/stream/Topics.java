package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of one prefix. {@code events} is keyed by scope; what comes of a partition of it
 * (alerts, rejected records, the ledger) goes to the partition of the same number, so one
 * transaction and one reader see it in order. The number of partitions is fixed when they are made.
 */
public record Topics(String prefix) {
  /** What to do where ours are missing. */
  static final String MADE_BY =
      "start `stridewatch run` or `detect` there, or check --topic-prefix";

  private static final long GIB = 1L << 30;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Raw records in their envelope. */
  public String events() {
    return prefix + ".events";
  }

  /** One line of JSON an alert. */
  public String alerts() {
    return prefix + ".alerts";
  }

  /** What could not be read or delivered, whole, with the reason. */
  public String rejected() {
    return prefix + ".rejected";
  }

  /** What rules with memory still need. */
  public String memory() {
    return prefix + ".memory";
  }

  /** The rules in force. */
  public String rules() {
    return prefix + ".rules";
  }

  /** What spans scopes. */
  public String links() {
    return prefix + ".links";
  }

  /** Counts, newest for each partition and source. */
  public String ledger() {
    return prefix + ".ledger";
  }

  /** Silences, acknowledgements, notes. */
  public String views() {
    return prefix + ".views";
  }

  /** Each of them. */
  List<String> all() {
    return List.of(events(), alerts(), rejected(), memory(), rules(), links(), ledger(), views());
  }

  /**
   * Makes those that are not there yet; what is there is left as it is.
   *
   * @param partitions of events and what follows it
   * @param replicas copies of each record: 1 in the embedded broker
   * @param maxRecord bytes of the greatest record
   * @throws IOException one line, when Kafka is away or refuses
   */
  public void create(Kafka kafka, int partitions, int replicas, int maxRecord)
      throws IOException, InterruptedException {
    try (Admin admin = kafka.admin()) {
      String asked = "Kafka at " + kafka.address() + " was asked for the topics " + prefix + ".*";
      Set<String> there = Failures.await(admin.listTopics().names(), PATIENCE, asked);
      List<NewTopic> missing = new ArrayList<>(all(partitions, (short) replicas, maxRecord));
      missing.removeIf(topic -> there.contains(topic.name()));
      for (var made : admin.createTopics(missing).values().values()) {
        try {
          Failures.await(made, PATIENCE, asked);
        } catch (IOException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
    }
  }

  /**
   * What makes them by Kafka's own tools, for a Kafka where we may not: the topics, then the access
   * rules of the user that we are.
   */
  public List<String> commands(String bootstrap, int partitions, int maxRecord) {
    List<String> commands = new ArrayList<>();
    for (NewTopic topic : all(partitions, (short) -1, maxRecord)) {
      StringBuilder command = new StringBuilder("kafka-topics.sh --bootstrap-server ");
      command.append(bootstrap).append(" --create --if-not-exists --topic ").append(topic.name());
      command.append(" --partitions ").append(topic.numPartitions());
      new TreeMap<>(topic.configs())
          .forEach((key, value) -> command.append(" --config ").append(key + "=" + value));
      commands.add(command.toString());
    }
    String acl =
        "kafka-acls.sh --bootstrap-server " + bootstrap + " --add --allow-principal User:USER ";
    String prefixed = " --resource-pattern-type prefixed";
    commands.add(
        acl
            + "--operation Read --operation Write --operation Describe --topic "
            + prefix
            + prefixed);
    commands.add(acl + "--operation Read --operation Describe --group " + prefix + prefixed);
    commands.add(
        acl + "--operation Write --operation Describe --transactional-id " + prefix + prefixed);
    return commands;
  }

  /**
   * How many partitions the events have.
   *
   * @throws IOException one line, when Kafka is away or the topic isn't there
   */
  public int partitions(Kafka kafka) throws IOException, InterruptedException {
    try (Admin admin = kafka.admin()) {
      return Failures.await(
              admin.describeTopics(List.of(events())).allTopicNames(),
              PATIENCE,
              "Kafka at " + kafka.address() + " was asked for the topic " + events())
          .get(events())
          .partitions()
          .size();
    }
  }

  private List<NewTopic> all(int partitions, short replicas, int maxRecord) {
    return List.of(
        new NewTopic(events(), partitions, replicas)
            .configs(kept(7, 20 * GIB, partitions, maxRecord)),
        new NewTopic(alerts(), partitions, replicas)
            .configs(kept(400, 5 * GIB, partitions, maxRecord)),
        new NewTopic(rejected(), partitions, replicas)
            .configs(kept(30, GIB, partitions, maxRecord)),
        new NewTopic(memory(), partitions, replicas).configs(newest(maxRecord)),
        new NewTopic(rules(), 1, replicas).configs(newest(maxRecord)),
        new NewTopic(links(), partitions, replicas)
            .configs(kept(7, 5 * GIB, partitions, maxRecord)),
        new NewTopic(ledger(), partitions, replicas).configs(newest(maxRecord)),
        new NewTopic(views(), 1, replicas).configs(newest(maxRecord)));
  }

  /** Retention is Kafka's: for each partition, and by whole segments. */
  private static Map<String, String> kept(int days, long bytes, int partitions, int maxRecord) {
    Map<String, String> config = common(maxRecord);
    config.put("retention.ms", Long.toString(Duration.ofDays(days).toMillis()));
    config.put("retention.bytes", Long.toString(bytes / partitions));
    config.put("segment.bytes", Long.toString(Math.min(bytes / partitions / 4, GIB / 4)));
    return config;
  }

  /** Small segments: only what is no longer written to is compacted. */
  private static Map<String, String> newest(int maxRecord) {
    Map<String, String> config = common(maxRecord);
    config.put("cleanup.policy", "compact");
    config.put("min.cleanable.dirty.ratio", "0.1");
    config.put("segment.bytes", Long.toString(Math.max(4 << 20, maxRecord + (1 << 20))));
    config.put("segment.ms", Long.toString(Duration.ofHours(1).toMillis()));
    return config;
  }

  /**
   * Event time is in the envelope; Kafka refuses records from 2100 and cuts replayed ones by it.
   */
  private static Map<String, String> common(int maxRecord) {
    Map<String, String> config = new HashMap<>();
    config.put("message.timestamp.type", "LogAppendTime");
    config.put("compression.type", "zstd");
    config.put("max.message.bytes", Integer.toString(maxRecord + Envelope.ROOM));
    return config;
  }
}
