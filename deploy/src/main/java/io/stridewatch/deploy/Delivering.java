package io.stridewatch.deploy;

import io.stridewatch.Hidden;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.SinkLimit;
import io.stridewatch.sink.SinkAddress;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.TopicAddress;
import io.stridewatch.sink.route.Route;
import io.stridewatch.stream.AlertCopy;
import io.stridewatch.stream.Delivery;
import io.stridewatch.stream.GroupDelivery;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.TopicSink;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The delivering stage: a worker for each sink that is set. */
final class Delivering {
  private final Settings settings;
  private final Workers workers;
  private final Cluster cluster;
  private final String member;
  private final Optional<Route> routes;
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
    routes = settings.value(Settings.ROUTES);
  }

  /**
   * Tells alerts to the sinks that are set; on standard output when that is a terminal, or none is
   * set.
   */
  void start() throws IOException, InterruptedException {
    silences.start(cluster);
    Learner learner = new Learner(cluster.kafka(), silences.views());
    cluster.start("baselines", silences::await, learner::run, learner);
    List<SinkAddress> sinks = new ArrayList<>(settings.value(Settings.SINKS));
    boolean shown = sinks.stream().anyMatch(sink -> sink.kind().equals("terminal"));
    if (!shown && (sinks.isEmpty() || Terminal.isStandardOutput())) {
      sinks.add(SinkAddress.of("terminal"));
    }
    routes.ifPresent(tree -> check(tree, sinks));
    for (SinkAddress sink : sinks) {
      if (gathers(sink.name())) {
        gather(sink);
      } else if (sink.topic().isPresent()) {
        copy(sink.name(), sink.topic().get());
      } else {
        deliver(open(sink, wanted(sink.name()), silences::hiding));
      }
    }
  }

  /** A route to nowhere would be silence that nobody asked for. */
  private static void check(Route routes, List<SinkAddress> sinks) {
    for (String name : routes.named()) {
      if (sinks.stream().noneMatch(sink -> sink.name().equals(name))) {
        throw new CommandFault("a route names the sink " + name + ": set are " + sinks);
      }
    }
  }

  private boolean gathers(String sink) {
    return limit(sink).isPresent() || routes.filter(tree -> tree.gathers(sink)).isPresent();
  }

  /** Its own limit, else that of each sink. */
  private Optional<Integer> limit(String sink) {
    return Stream.of(sink, "")
        .flatMap(
            name ->
                settings.value(Settings.SINK_LIMIT).stream()
                    .filter(limit -> limit.sink().equals(name)))
        .findFirst()
        .map(SinkLimit::messages);
  }

  /** As severe as sinks want it, and on a route to this one where the routes name it. */
  private Predicate<StoredAlert> wanted(String sink) {
    Severity least = settings.value(Settings.SEVERITY);
    Predicate<StoredAlert> severe = alert -> alert.severity().atLeast(least);
    return routes
        .filter(tree -> tree.named().contains(sink))
        .map(tree -> severe.and(alert -> tree.taken(alert.alert(), sink).isPresent()))
        .orElse(severe);
  }

  private static Sink open(
      SinkAddress address,
      Predicate<StoredAlert> wanted,
      Function<StoredAlert, Optional<Hidden>> hiding)
      throws IOException {
    return address.open(wanted, hiding, System.out, Terminal.standardOutput(System.getenv()));
  }

  /** Position and message can't be one transaction here, so a topic has a message once or twice. */
  private void gather(SinkAddress address) throws IOException, InterruptedException {
    String name = address.name();
    Sink sink =
        address.topic().isPresent()
            ? topic(name, address.topic().get())
            : open(address, alert -> true, alert -> Optional.empty());
    Route tree = routes.filter(known -> known.named().contains(name)).orElse(Route.all(name));
    Severity least = settings.value(Settings.SEVERITY);
    GroupDelivery delivery =
        new GroupDelivery(
            cluster.kafka(),
            sink,
            alert -> silences.hiding(StoredAlert.of(alert)),
            () ->
                new SinkGroups(
                    tree,
                    name,
                    alert -> alert.severity().atLeast(least),
                    silences::settled,
                    limit(name).orElse(Integer.MAX_VALUE)),
            member,
            InstantSource.system());
    workers.closing("sink " + name, sink);
    start(name, delivery::configure, delivery::run, delivery::close);
  }

  private TopicSink topic(String name, TopicAddress address) throws IOException {
    return new TopicSink(
        name,
        kafka(address),
        address.topic(),
        alert -> address.form().bytes(StoredAlert.of(alert)));
  }

  private void deliver(Sink sink) throws IOException, InterruptedException {
    Delivery delivery = new Delivery(cluster.kafka(), sink, member);
    workers.closing("sink " + sink.name(), sink);
    start(sink.name(), delivery::configure, delivery::run, delivery::close);
  }

  /** Fixes where a sink starts. */
  private interface Start {
    void configure(boolean fromStart) throws IOException, InterruptedException;
  }

  private void start(String sink, Start start, Workers.Work work, AutoCloseable stop)
      throws IOException, InterruptedException {
    cluster.start(
        "delivery to " + sink,
        () -> {
          silences.await();
          start.configure(settings.value(Settings.SINK_FROM_START));
        },
        work,
        stop);
  }

  /** To a topic: not by way of a Sink, since position and alerts are written together. */
  private void copy(String name, TopicAddress address) throws IOException, InterruptedException {
    Predicate<StoredAlert> wanted = wanted(name);
    AlertCopy.Target target =
        new AlertCopy.Target(
            kafka(address),
            address.topic(),
            silences::hiding,
            alert -> wanted.test(alert) ? address.form().bytes(alert) : null);
    AlertCopy copy = new AlertCopy(cluster.kafka(), name, target, member);
    start(name, copy::configure, copy::run, copy::close);
  }

  /** The cluster that the topic is in. */
  private Kafka kafka(TopicAddress address) throws IOException {
    return address.bootstrap().isEmpty()
        ? cluster.kafka()
        : Kafka.foreign(
            address.bootstrap().get(),
            address.config().orElse(null),
            cluster.kafka().topicPrefix());
  }
}
