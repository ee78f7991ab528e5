package io.stridewatch.deploy;

import io.micrometer.core.instrument.MeterRegistry;
import io.stridewatch.Collector;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.demo.Demo;
import io.stridewatch.deploy.doctor.Doctor;
import io.stridewatch.deploy.doctor.Finding;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.Fault;
import io.stridewatch.rule.RuleFiles;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.rule.falco.FalcoSettings;
import io.stridewatch.stream.Detection;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.RuleFaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the stages to work, together in one process or apart, and knows whether all are ready. */
final class Stages {
  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
  private static final Duration TICK = Duration.ofSeconds(5);

  private final Settings settings;
  private final DataDirectory data;
  private final Workers workers;
  private final MeterRegistry metrics;
  private final List<BooleanSupplier> ready = new ArrayList<>();
  private Cluster cluster;
  private HttpEndpoint.Freshness freshness = () -> {};

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
    SkippedRules.lines(rules).forEach(line -> LOG.info("rules are not for us: {}", line));
    return rules;
  }

  /** The Kafka that the settings name, with our topics; else the embedded one, started. */
  Kafka kafka() throws IOException, InterruptedException {
    return with(Cluster.of(settings, data, workers));
  }

  /** Tells the alerts of the instance that has that directory, wherever it comes back. */
  void deliverBeside(Path instance) throws IOException, InterruptedException {
    String member = member();
    Beside beside =
        new Beside(
            instance,
            data.path(),
            (there, group) -> new Delivering(settings, group, there, member).start());
    ready.add(beside::present);
    workers.closing("instance", beside);
    beside.begin();
    workers.start("instance", beside::run, beside);
  }

  private Kafka with(Cluster found) {
    cluster = found;
    ready.add(found::present);
    return found.kafka();
  }

  /** Reads the sources. */
  void collect(List<Collector> collectors) throws IOException {
    boolean embedded = settings.value(Settings.KAFKA).isEmpty();
    new Collecting(settings, data.path(), workers, metrics, cluster.kafka(), embedded)
        .start(collectors);
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

  /** Tells what is wrong on this machine, a line each; nobody waits for it. */
  void doctor(Doctor doctor, PrintWriter err) {
    workers.start(
        "doctor",
        () ->
            doctor.sources().stream()
                .filter(finding -> finding.state() == Finding.State.FAULT)
                .map(Finding::line)
                .forEach(err::println),
        () -> {});
  }

  /** Judges events. */
  void detect(RuleSet rules) throws IOException, InterruptedException {
    RuleEngines engines = new RuleEngines(lateness(), Surroundings.here().cache());
    CompiledRules compiled = engines.compile(rules);
    compiled.faults().forEach(fault -> LOG.error("a rule is left out: {}", fault));
    List<Fault> faults = new ArrayList<>(rules.faults());
    faults.addAll(compiled.faults());
    String member = member();
    cluster.start("rule faults", () -> {}, () -> publish(member, faults), () -> {});
    watch(engines, changed -> publish(member, changed));
    Detection detection =
        new Detection(cluster.kafka(), Decoders::decode, engines, detection(), Clock.systemUTC());
    ready.add(detection::ready);
    freshness = new LedgerMetrics(cluster.kafka(), metrics);
    cluster.start("detection", () -> {}, detection::run, detection::close);
  }

  private FalcoSettings falco() {
    return new FalcoSettings(
        settings.value(Settings.FALCO_RULE_MATCHING).equals("first"),
        settings.value(Settings.FALCO_PRIORITY),
        settings.value(Settings.FALCO_THREATS));
  }

  /** Rule files of the user's own are read again when they change; the built-in ones never do. */
  private void watch(RuleEngines engines, Consumer<List<Fault>> faulty) {
    if (!settings.value(Settings.RULES).isEmpty()) {
      RuleFiles files =
          new RuleFiles(
              settings.value(Settings.RULES), settings.value(Settings.WITH_DEFAULT_RULES), falco());
      RuleWatch watch = new RuleWatch(files, engines, metrics, faulty);
      workers.start("rules", watch, watch::close);
    }
  }

  /** For {@code status}; where it can't be, the log has told them. */
  private void publish(String member, List<Fault> faults) {
    List<String> lines = faults.stream().map(Fault::toString).toList();
    try {
      new RuleFaults(member, Instant.now(), lines).write(cluster.kafka());
    } catch (IOException e) {
      LOG.warn("status can't show what is wrong with the rules: why={}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  /** Tells alerts to the sinks that are set. */
  void deliver() throws IOException, InterruptedException {
    new Delivering(settings, workers, cluster, member()).start();
  }

  /** The same after a restart on this directory, so that partitions come back at once. */
  private String member() throws IOException {
    return data.instanceId();
  }

  /** Whether everything is up. */
  boolean ready() {
    return workers.working() && ready.stream().allMatch(BooleanSupplier::getAsBoolean);
  }

  /** Brings metrics up to date that come from the topics. */
  void refresh() throws InterruptedException {
    freshness.refresh();
  }
}
