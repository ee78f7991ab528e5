package io.stridewatch.deploy;

import io.micrometer.core.instrument.MeterRegistry;
import io.stridewatch.Alert;
import io.stridewatch.Collector;
import io.stridewatch.RuleEngine;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.deploy.demo.Demo;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.engine.RulesInForce;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleFiles;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.rule.falco.FalcoSettings;
import io.stridewatch.sink.SinkAddress;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.TopicAddress;
import io.stridewatch.stream.AlertCopy;
import io.stridewatch.stream.Delivery;
import io.stridewatch.stream.Detection;
import io.stridewatch.stream.Engines;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the stages to work, together in one process or apart, and knows whether all are ready. */
final class Stages {
  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
  static final int PARTITIONS = 8;
  private static final Duration TICK = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Settings settings;
  private final DataDirectory data;
  private final Workers workers;
  private final MeterRegistry metrics;
  private final List<BooleanSupplier> ready = new ArrayList<>();
  private Kafka kafka;

  Stages(Settings settings, DataDirectory data, Workers workers, MeterRegistry metrics) {
    this.settings = settings;
    this.data = data;
    this.workers = workers;
    this.metrics = metrics;
  }

  /**
   * The rules that the settings name. What is faulty is told and left out, unless {@code --strict}.
   *
   * @throws CommandFault under {@code --strict}
   */
  RuleSet rules() {
    RuleSet rules =
        RuleChoice.atWork(
            settings.value(Settings.RULES), settings.value(Settings.WITH_DEFAULT_RULES), falco());
    if (settings.value(Settings.STRICT)) {
      RuleChoice.sound(rules);
    }
    rules.faults().forEach(fault -> LOG.error("a rule file is left out: {}", fault));
    return rules;
  }

  /** The Kafka that the settings name, with our topics; else the embedded one, started. */
  Kafka kafka() throws IOException, InterruptedException {
    int maxRecord = settings.value(Settings.MAX_RECORD);
    String prefix = settings.value(Settings.TOPIC_PREFIX);
    if (settings.value(Settings.KAFKA).isPresent()) {
      join(foreign(prefix));
    } else {
      EmbeddedBroker broker = EmbeddedBroker.start(data, prefix, settings.value(Settings.FSYNC));
      workers.closing("broker", broker);
      kafka = broker.kafka();
    }
    kafka.topics().create(kafka, PARTITIONS, replicas(), maxRecord);
    return kafka;
  }

  /** Works with a Kafka that runs already, with its topics as they are. */
  void join(Kafka running) throws IOException, InterruptedException {
    running.check(PATIENCE);
    kafka = running;
  }

  /** Of a foreign Kafka as many as its brokers say. */
  private int replicas() {
    return settings.value(Settings.KAFKA).isPresent() ? -1 : 1;
  }

  private Kafka foreign(String prefix) throws IOException {
    return Kafka.foreign(
        settings.value(Settings.KAFKA).orElseThrow(),
        settings.value(Settings.KAFKA_CONFIG).orElse(null),
        prefix);
  }

  /** Reads the sources. */
  void collect(List<Collector> collectors) throws IOException {
    boolean embedded = settings.value(Settings.KAFKA).isEmpty();
    new Collecting(settings, data.path(), workers, metrics, kafka, embedded).start(collectors);
  }

  /** Plays the demo, and says when it is over. */
  void play(Demo demo, Runnable over) {
    workers.start(
        "demo",
        () -> {
          demo.play();
          over.run();
        },
        demo);
  }

  /** Judges events. */
  void detect(RuleSet rules) throws IOException {
    CompiledRules compiled = CompiledRules.of(rules, Surroundings.here().cache());
    compiled.faults().forEach(fault -> LOG.error("a rule is left out: {}", fault));
    RulesInForce inForce = new RulesInForce(compiled);
    watch(inForce);
    Detection detection =
        new Detection(
            kafka,
            Decoders::decode,
            new EsperEngines(inForce, lateness()),
            detection(),
            Clock.systemUTC());
    ready.add(detection::ready);
    workers.start("detection", detection::run, detection::close);
  }

  private FalcoSettings falco() {
    return new FalcoSettings(
        settings.value(Settings.FALCO_RULE_MATCHING).equals("first"),
        settings.value(Settings.FALCO_PRIORITY));
  }

  /** Rule files of the user's own are read again when they change; the built-in ones never do. */
  private void watch(RulesInForce inForce) {
    if (!settings.value(Settings.RULES).isEmpty()) {
      RuleFiles files =
          new RuleFiles(
              settings.value(Settings.RULES), settings.value(Settings.WITH_DEFAULT_RULES), falco());
      RuleWatch watch = new RuleWatch(files, inForce, Surroundings.here().cache(), metrics);
      workers.start("rules", watch, watch::close);
    }
  }

  /** A batching webhook speaks late, and {@code detect} can't know how a cluster's records come. */
  private boolean webhook() {
    return settings.value(Settings.KUBERNETES_WEBHOOK).isPresent()
        || settings.value(Settings.KAFKA).isPresent();
  }

  private Lateness lateness() {
    return AllowedLateness.of(webhook(), settings.value(Settings.LATENESS));
  }

  private Detection.Settings detection() throws IOException {
    return new Detection.Settings(member(), lateness()::of, TICK);
  }

  /**
   * Tells alerts to the sinks that are set; on standard output when that is a terminal, or none is
   * set.
   */
  void deliver() throws IOException, InterruptedException {
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
                System.out,
                Terminal.standardOutput(System.getenv())));
      }
    }
  }

  private void deliver(Sink sink) throws IOException, InterruptedException {
    Delivery delivery = new Delivery(kafka, sink, member());
    delivery.configure(settings.value(Settings.SINK_FROM_START));
    workers.closing("sink " + sink.name(), sink);
    workers.start("delivery to " + sink.name(), delivery::run, delivery::close);
  }

  /** To a topic: not by way of a Sink, since position and alerts are written together. */
  private void copy(String name, TopicAddress address) throws IOException, InterruptedException {
    Kafka cluster =
        address.bootstrap().isEmpty()
            ? kafka
            : Kafka.foreign(
                address.bootstrap().get(), address.config().orElse(null), kafka.topicPrefix());
    Severity least = settings.value(Settings.SEVERITY);
    AlertCopy.Target target =
        new AlertCopy.Target(
            cluster,
            address.topic(),
            alert ->
                alert.severity().atLeast(least)
                    ? address.form().line(alert).getBytes(StandardCharsets.UTF_8)
                    : null);
    AlertCopy copy = new AlertCopy(kafka, name, target, member());
    copy.configure(settings.value(Settings.SINK_FROM_START));
    workers.start("delivery to " + name, copy::run, copy::close);
  }

  /** The same after a restart on this directory, so that partitions come back at once. */
  private String member() throws IOException {
    return data.instanceId();
  }

  /** Whether everything is up. */
  boolean ready() {
    return workers.working() && ready.stream().allMatch(BooleanSupplier::getAsBoolean);
  }

  /** The compiled rules as engines, one for each partition. */
  private record EsperEngines(RulesInForce rules, Lateness lateness) implements Engines {
    @Override
    public RuleEngine engine() {
      return rules.engine(lateness);
    }

    @Override
    public void remember(RuleEngine engine, Alert alert) {
      ((EsperRuleEngine) engine).remember(alert);
    }

    @Override
    public Duration horizon() {
      return rules.horizon();
    }
  }
}
