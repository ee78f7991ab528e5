package io.stridewatch.deploy;

import io.stridewatch.Severity;
import io.stridewatch.Sink;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.sink.SinkAddress;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.TopicAddress;
import io.stridewatch.stream.AlertCopy;
import io.stridewatch.stream.Delivery;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The delivering stage: a worker for each sink that is set. */
final class Delivering {
  private final Settings settings;
  private final Workers workers;
  private final Cluster cluster;
  private final String member;
  private final Silences silences = new Silences(InstantSource.system());

  /**
   * Nothing happens yet.
   *
   * @param member the same after a restart on this directory, so that partitions come back at once
   */
  Delivering(Settings settings, Workers workers, Cluster cluster, String member) {
    this.settings = settings;
    this.workers = workers;
    this.cluster = cluster;
    this.member = member;
  }

  /**
   * Tells alerts to the sinks that are set; on standard output when that is a terminal, or none is
   * set.
   */
  void start() throws IOException, InterruptedException {
    silences.start(cluster);
    List<SinkAddress> sinks = new ArrayList<>(settings.value(Settings.SINKS));
    boolean shown = sinks.stream().anyMatch(sink -> sink.kind().equals("terminal"));
    if (!shown && (sinks.isEmpty() || Terminal.isStandardOutput())) {
      sinks.add(SinkAddress.of("terminal"));
    }
    for (SinkAddress sink : sinks) {
      Optional<TopicAddress> topic = sink.topic();
      if (topic.isPresent()) {
        copy(sink.name(), topic.get());
      } else {
        deliver(
            sink.open(
                settings.value(Settings.SEVERITY),
                silences::silenced,
                System.out,
                Terminal.standardOutput(System.getenv())));
      }
    }
  }

  private void deliver(Sink sink) throws IOException, InterruptedException {
    Delivery delivery = new Delivery(cluster.kafka(), sink, member);
    workers.closing("sink " + sink.name(), sink);
    cluster.start(
        "delivery to " + sink.name(),
        () -> {
          silences.await();
          delivery.configure(settings.value(Settings.SINK_FROM_START));
        },
        delivery::run,
        delivery::close);
  }

  /** To a topic: not by way of a Sink, since position and alerts are written together. */
  private void copy(String name, TopicAddress address) throws IOException, InterruptedException {
    Kafka kafka = cluster.kafka();
    Kafka other =
        address.bootstrap().isEmpty()
            ? kafka
            : Kafka.foreign(
                address.bootstrap().get(), address.config().orElse(null), kafka.topicPrefix());
    Severity least = settings.value(Settings.SEVERITY);
    AlertCopy.Target target =
        new AlertCopy.Target(
            other,
            address.topic(),
            silences::silenced,
            alert ->
                alert.severity().atLeast(least)
                    ? address.form().line(alert).getBytes(StandardCharsets.UTF_8)
                    : null);
    AlertCopy copy = new AlertCopy(kafka, name, target, member);
    cluster.start(
        "delivery to " + name,
        () -> {
          silences.await();
          copy.configure(settings.value(Settings.SINK_FROM_START));
        },
        copy::run,
        copy::close);
  }
}
