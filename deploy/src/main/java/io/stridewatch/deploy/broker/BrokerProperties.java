package io.stridewatch.deploy.broker;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the embedded node is told: small, for one machine, and for one user. */
final class BrokerProperties {
  static final int NODE = 1;
  static final String CLIENTS = "CLIENTS";
  static final String CONTROLLERS = "CONTROLLERS";

  private static final String SMALL =
      """
      process.roles = broker,controller
      node.id = 1
      controller.quorum.bootstrap.servers = 127.0.0.1:0
      controller.listener.names = CONTROLLERS
      inter.broker.listener.name = CLIENTS
      listener.security.protocol.map = CLIENTS:SASL_PLAINTEXT,CONTROLLERS:SASL_PLAINTEXT
      listener.name.clients.sasl.enabled.mechanisms = SCRAM-SHA-512
      listener.name.controllers.sasl.enabled.mechanisms = PLAIN
      sasl.mechanism.inter.broker.protocol = SCRAM-SHA-512
      sasl.mechanism.controller.protocol = PLAIN
      auto.create.topics.enable = false

      # One node: nothing can be copied elsewhere.
      offsets.topic.replication.factor = 1
      transaction.state.log.replication.factor = 1
      transaction.state.log.min.isr = 1
      share.coordinator.state.topic.replication.factor = 1
      share.coordinator.state.topic.min.isr = 1
      offsets.topic.num.partitions = 4
      transaction.state.log.num.partitions = 4
      share.coordinator.state.topic.num.partitions = 4

      # A position is never forgotten: a detector may be away for a month.
      offsets.retention.minutes = 2147483647
      group.initial.rebalance.delay.ms = 0

      # Who calls this broker dead is in the same process. A busy machine is late with a heartbeat,
      # and a broker that is called dead loses its partitions for a moment, which Kafka 4.3 doesn't
      # survive in every case (see EmbeddedBroker).
      broker.session.timeout.ms = 600000
      broker.heartbeat.interval.ms = 200

      # A transaction begun while the last one is being closed is tried again after this.
      add.partitions.to.txn.retry.backoff.ms = 1

      # Heap and disk: the default cleaner takes 128 MiB, an index 10 MiB.
      log.cleaner.dedupe.buffer.size = 2097152
      log.index.size.max.bytes = 1048576
      num.network.threads = 2
      num.io.threads = 4
      background.threads = 2
      group.coordinator.threads = 1
      metadata.max.idle.interval.ms = 5000
      controlled.shutdown.enable = false
      """;

  private BrokerProperties() {}

  static Map<String, String> of(Path directory, int port, String password, boolean fsync) {
    Map<String, String> properties = small();
    properties.put("log.dir", directory.toString());
    properties.put(
        "listeners", CLIENTS + "://127.0.0.1:" + port + "," + CONTROLLERS + "://127.0.0.1:0");
    properties.put("listener.name.clients.scram-sha-512.sasl.jaas.config", scram(password));
    // The node alone talks to its controller, in this process: nobody else needs that password.
    properties.put("listener.name.controllers.plain.sasl.jaas.config", plain(Secret.random()));
    if (fsync) {
      properties.put("log.flush.interval.messages", "1");
    }
    return properties;
  }

  private static Map<String, String> small() {
    Properties read = new Properties();
    try {
      read.load(new StringReader(SMALL));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> small = new TreeMap<>();
    read.stringPropertyNames().forEach(key -> small.put(key, read.getProperty(key)));
    return small;
  }

  static String scram(String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(EmbeddedBroker.USER, password);
  }

  private static String plain(String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"node\" password=\"%1$s\" user_node=\"%1$s\";"
        .formatted(password);
  }
}
