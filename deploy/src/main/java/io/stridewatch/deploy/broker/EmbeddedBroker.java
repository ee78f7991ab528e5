package io.stridewatch.deploy.broker;

import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * One KRaft node in this process, on 127.0.0.1, for those who know the password in the data
 * directory. Both listeners take a port that the system chooses; the one for clients is told in
 * {@code instance.json}. Clients prove the password by SCRAM and the broker proves it to them, so a
 * stranger who takes the port of a dead instance learns nothing and is not believed.
 *
 * <p>Thread-safe. What it acknowledged outlives the process; the machine only with fsync.
 */
public final class EmbeddedBroker implements AutoCloseable {
  static final String USER = "stridewatch";
  static final String PASSWORD = "password";

  private static final Duration TAKEOVER = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final DataDirectory data;
  private final Kafka kafka;
  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;

  private EmbeddedBroker(DataDirectory data, String topicPrefix, boolean fsync) throws IOException {
    this.data = data;
    String password = data.secret(PASSWORD);
    Path directory = data.path().resolve("kafka");
    KafkaConfig config =
        new KafkaConfig(BrokerProperties.of(directory, port(data.path()), password, fsync), false);
    format(directory, password);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> disk =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    shared = shared(config, disk._1());
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), disk._2());
    broker = new BrokerServer(shared);
    controller.startup();
    forgetFormerSelf();
    broker.startup();
    int port = broker.boundPort(new ListenerName(BrokerProperties.CLIENTS));
    kafka = kafka(port, password, topicPrefix);
    Instance.tell(data.path(), port, topicPrefix);
  }

  /**
   * Starts the node and returns when clients are served, 2 s on a fresh directory.
   *
   * @param topicPrefix told to those who find this instance
   * @param fsync whether each record is on the disk before it is acknowledged
   * @throws IOException one line, when it could not start
   */
  public static EmbeddedBroker start(DataDirectory data, String topicPrefix, boolean fsync)
      throws IOException {
    Exit.setHaltProcedure(EmbeddedBroker::fault);
    Exit.setExitProcedure(EmbeddedBroker::fault);
    try {
      return new EmbeddedBroker(data, topicPrefix, fsync);
    } catch (RuntimeException e) {
      throw new IOException(
          "the embedded Kafka in " + data.path() + " could not start: " + e.getMessage(), e);
    }
  }

  /** As Kafka does where nobody asks: what is on the disk is whole, what is in memory is not. */
  private static void fault(int status, String message) {
    LOG.error(
        "the embedded Kafka met a fault that it can't survive, the process ends: status={} reason={}",
        status,
        message);
    Runtime.getRuntime().halt(1);
  }

  /** The port of last time where it is free, so that clients that wait for it find it again. */
  private static int port(Path data) {
    int last = Instance.lastPort(data);
    try (ServerSocket probe = new ServerSocket(last, 1, InetAddress.getLoopbackAddress())) {
      return last == 0 ? 0 : probe.getLocalPort();
    } catch (IOException | IllegalArgumentException e) {
      return 0;
    }
  }

  private static void format(Path directory, String password) throws IOException {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerProperties.NODE)
          .setControllerListenerName(BrokerProperties.CONTROLLERS)
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setHasDynamicQuorum(true)
          .setInitialControllers(
              DynamicVoters.parse(BrokerProperties.NODE + "@127.0.0.1:0:" + Uuid.randomUuid()))
          .setScramArguments(List.of("SCRAM-SHA-512=[name=" + USER + ",password=" + password + "]"))
          .run();
    } catch (Exception e) {
      throw new IOException("could not format " + directory + ": " + e.getMessage(), e);
    }
  }

  private static SharedServer shared(KafkaConfig config, MetaPropertiesEnsemble disk) {
    return new SharedServer(
        config,
        disk,
        Time.SYSTEM,
        Server.initializeMetrics(config, Time.SYSTEM, disk.clusterId().get()),
        CompletableFuture.completedFuture(Map.of()),
        QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
        new StandardFaultHandlerFactory(),
        ServerSocketFactory.INSTANCE);
  }

  static Kafka kafka(int port, String password, String topicPrefix) {
    return new Kafka(
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:" + port,
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "SCRAM-SHA-512",
            "sasl.jaas.config",
            BrokerProperties.scram(password)),
        topicPrefix);
  }

  /**
   * Unregisters the broker that ran here before. The new one would wait for the end of its session,
   * and meanwhile believe that it leads already; then all partitions would be without a leader for
   * a moment. A transaction that was being committed when the old one died is finished in that
   * moment, and Kafka 4.3 then takes its partitions for deleted (KAFKA-20734): it counts as
   * complete, and what it wrote is never read. So no partition has a leader until this broker leads
   * them all.
   */
  private void forgetFormerSelf() throws IOException {
    long deadline = System.nanoTime() + TAKEOVER.toNanos();
    while (!unregistered() || !metadataIsRead()) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the embedded Kafka in " + data.path() + " did not get its controller: start it again");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** False while the controller does not lead yet. */
  private boolean unregistered() throws IOException {
    ControllerRequestContext nobody =
        new ControllerRequestContext(
            new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
    try {
      controller.controller().unregisterBroker(nobody, BrokerProperties.NODE).join();
      return true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof NotControllerException) {
        return false;
      }
      if (e.getCause() instanceof BrokerIdNotRegisteredException) {
        return true;
      }
      throw new IOException(
          "the embedded Kafka in " + data.path() + " could not start: " + e.getMessage(), e);
    }
  }

  /** Whether this process's copy of the metadata has come as far as the controller's log. */
  private boolean metadataIsRead() {
    OptionalLong committed = shared.raftManager().client().highWatermark();
    return committed.isPresent()
        && shared.loader().lastAppliedOffset() + 1 >= committed.getAsLong();
  }

  /** How clients reach it. */
  public Kafka kafka() {
    return kafka;
  }

  /** Stops the node in order. The data directory stays this process's until it is closed. */
  @Override
  public void close() throws IOException {
    Instance.forget(data.path());
    broker.shutdown();
    controller.shutdown();
  }
}
