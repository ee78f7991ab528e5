package io.stridewatch.deploy.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the embedded node is told: small, for one machine, and for one user. */
final class BrokerProperties {
  static final int NODE = 1;
  static final String CLIENTS = "CLIENTS";
  static final String CONTROLLERS = "CONTROLLERS";

  private BrokerProperties() {}

  static Map<String, String> of(Path directory, int port, String password, boolean fsync) {
    Map<String, String> properties = new HashMap<>(SMALL);
    properties.put("log.dir", directory.toString());
    properties.put(
        "listeners", CLIENTS + "://127.0.0.1:" + port + "," + CONTROLLERS + "://127.0.0.1:0");
    properties.put("listener.name.clients.scram-sha-512.sasl.jaas.config", scram(password));
    // The node alone talks to its controller, in this process: nobody else ever needs that
    // password.
    properties.put("listener.name.controllers.plain.sasl.jaas.config", plain(Secret.random()));
    if (fsync) {
      properties.put("log.flush.interval.messages", "1");
    }
    return properties;
  }

  static String scram(String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + EmbeddedBroker.USER
        + "\" password=\""
        + password
        + "\";";
  }

  private static String plain(String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"node\""
        + " password=\""
        + password
        + "\" user_node=\""
        + password
        + "\";";
  }

  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", Integer.toString(NODE)),
          Map.entry("controller.quorum.bootstrap.servers", "127.0.0.1:0"),
          Map.entry("controller.listener.names", CONTROLLERS),
          Map.entry("inter.broker.listener.name", CLIENTS),
          Map.entry(
              "listener.security.protocol.map",
              CLIENTS + ":SASL_PLAINTEXT," + CONTROLLERS + ":SASL_PLAINTEXT"),
          Map.entry("listener.name.clients.sasl.enabled.mechanisms", "SCRAM-SHA-512"),
          Map.entry("listener.name.controllers.sasl.enabled.mechanisms", "PLAIN"),
          Map.entry("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512"),
          Map.entry("sasl.mechanism.controller.protocol", "PLAIN"),
          Map.entry("auto.create.topics.enable", "false"),
          // One node: nothing can be copied elsewhere.
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.num.partitions", "4"),
          // A position is never forgotten: a detector may be away for a month.
          Map.entry("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE)),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // With the default of 9 s a restart after kill -9 takes 12 s.
          Map.entry("broker.session.timeout.ms", "1500"),
          Map.entry("broker.heartbeat.interval.ms", "200"),
          // Heap: the default cleaner takes 128 MiB.
          Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
          Map.entry("log.index.size.max.bytes", "1048576"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"),
          Map.entry("background.threads", "2"),
          Map.entry("group.coordinator.threads", "1"),
          Map.entry("metadata.max.idle.interval.ms", "5000"),
          // A transaction begun while the last one is being closed is tried again after this.
          Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
          Map.entry("controlled.shutdown.enable", "false"));
}
