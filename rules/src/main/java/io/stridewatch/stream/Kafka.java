package io.stridewatch.stream;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How a Kafka is reached, and whose topics are meant. A value: it holds no connection.
 *
 * @param properties for every client: {@code bootstrap.servers} and what security needs
 * @param topicPrefix the first word of each topic's and group's name; it parts tenants
 */
public record Kafka(Map<String, String> properties, String topicPrefix) {
  /** The prefix where none is set. */
  public static final String DEFAULT_PREFIX = "stridewatch";

  private static final Duration CLOSE = Duration.ofSeconds(3);

  /** Properties are copied. */
  public Kafka {
    properties = Map.copyOf(properties);
    if (!topicPrefix.matches("[a-zA-Z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "topic prefix '" + topicPrefix + "' has other characters than letters, digits and ._-");
    }
  }

  /**
   * A Kafka that somebody else runs.
   *
   * @param bootstrap {@code HOST:PORT}, several by comma
   * @param config a properties file as Kafka's own tools take it ({@code --command-config}), or
   *     null
   * @throws IOException one line, when the file can't be read
   */
  public static Kafka foreign(String bootstrap, Path config, String topicPrefix)
      throws IOException {
    Map<String, String> properties = new HashMap<>();
    if (config != null) {
      try (Reader reader = Files.newBufferedReader(config)) {
        properties.putAll(read(reader));
      } catch (NoSuchFileException e) {
        throw new IOException("Kafka's settings file " + config + " is not there", e);
      }
    }
    properties.put("bootstrap.servers", bootstrap);
    return new Kafka(properties, topicPrefix);
  }

  /** Where it is, for messages. */
  public String address() {
    return properties.get("bootstrap.servers");
  }

  /** Our topics there. */
  public Topics topics() {
    return new Topics(topicPrefix);
  }

  /**
   * Asks whether it is there and lets us in.
   *
   * @throws IOException one line that says what is wrong and what to do
   */
  public void check(Duration patience) throws IOException, InterruptedException {
    Admin admin = admin();
    try {
      Failures.await(admin.describeCluster().nodes(), patience, asked());
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private String asked() {
    return "Kafka at " + address() + " was asked for its nodes";
  }

  /** Reads settings written as a properties file has them. */
  static Map<String, String> settings(String text) {
    try {
      return read(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> read(Reader reader) throws IOException {
    Properties properties = new Properties();
    properties.load(reader);
    Map<String, String> settings = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }

  /**
   * A client for questions.
   *
   * @throws IOException one line, when its name can't be resolved or its settings are wrong
   */
  Admin admin() throws IOException {
    try {
      return Admin.create(
          with(Map.of("default.api.timeout.ms", "30000", "request.timeout.ms", "10000")));
    } catch (KafkaException e) {
      throw Failures.told(asked(), e);
    }
  }

  /**
   * A producer whose records are there once and in order. One request at a time: while a partition
   * is getting its leader, a new producer's first request may be refused and its second taken, and
   * then the broker calls the first one out of order for ever. It is also what makes a partition
   * part of a transaction before the next request comes.
   */
  KafkaProducer<byte[], byte[]> producer(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("acks", "all");
    all.put("enable.idempotence", "true");
    all.put("max.in.flight.requests.per.connection", "1");
    all.put("batch.size", Integer.toString(256 << 10));
    all.put("compression.type", "zstd");
    all.put("compression.zstd.level", "1");
    all.putAll(settings);
    return new KafkaProducer<>(with(all), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Writes records by a producer of its own, and waits until they are there.
   *
   * @param settings of that producer
   * @param asked what was asked, for people
   * @throws IOException one line, when Kafka is away or refuses
   */
  void write(
      List<ProducerRecord<byte[], byte[]>> records,
      Map<String, String> settings,
      Duration patience,
      String asked)
      throws IOException, InterruptedException {
    KafkaProducer<byte[], byte[]> producer = producer(settings);
    try {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> written : sent) {
        Failures.await(written, patience, asked);
      }
    } catch (KafkaException e) {
      throw Failures.told(asked, e);
    } finally {
      close(producer);
    }
  }

  KafkaConsumer<byte[], byte[]> consumer(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("isolation.level", "read_committed");
    all.put("enable.auto.commit", "false");
    all.put("auto.offset.reset", "none");
    all.put("allow.auto.create.topics", "false");
    all.put("max.partition.fetch.bytes", Integer.toString(8 << 20));
    all.put("fetch.max.bytes", Integer.toString(16 << 20));
    all.putAll(settings);
    return new KafkaConsumer<>(with(all), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * A consumer of what is there already. It hardly waits for more: a request that does holds up the
   * next, of other partitions, and the close, each for half a second.
   */
  KafkaConsumer<byte[], byte[]> reader(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("fetch.max.wait.ms", "10");
    return consumer(all);
  }

  /**
   * Loads what a client needs, without asking anybody. The next client is made in a third of the
   * time, so that a thread with nothing else to do can shorten a start.
   */
  public void prepare() {
    close(reader(Map.of()));
  }

  /**
   * The partitions of a topic.
   *
   * @param mend what to do where there is no such topic
   * @throws IOException one line, when there is none
   */
  List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic, String mend)
      throws IOException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IOException("Kafka at " + address() + " has no topic " + topic + ": " + mend);
    }
    return partitions;
  }

  /**
   * Closes within seconds, though Kafka be away; the client's own close would wait half a minute.
   * Who leaves in order leaves the group, so that others take over at once.
   */
  static void close(KafkaConsumer<byte[], byte[]> consumer) {
    consumer.close(
        CloseOptions.timeout(CLOSE)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  /** Who is interrupted meanwhile leaves the rest to Kafka: it aborts what is open. */
  static void close(KafkaProducer<byte[], byte[]> producer) {
    try {
      producer.close(CLOSE);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> with(Map<String, String> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("metric.reporters", ""); // Java's own takes a tenth of a client's start
    all.putAll(properties);
    all.put("reconnect.backoff.ms", "50");
    all.put("reconnect.backoff.max.ms", "1000");
    all.put("enable.metrics.push", "false");
    all.putAll(settings);
    return all;
  }

  /** Without the properties: they hold secrets. */
  @Override
  public String toString() {
    return "Kafka at " + address() + " topics " + topicPrefix + ".*";
  }
}
