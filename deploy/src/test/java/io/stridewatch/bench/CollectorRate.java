package io.stridewatch.bench;

import io.stridewatch.bench.BareProducer.Load;
import io.stridewatch.deploy.ChaosEngine;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that each collector brings to Kafka in a CPU second, beside a {@link BareProducer} that
 * sends the same records to the same broker. CPU is that of the whole process of {@code collect},
 * its compilers and collector of garbage too, or of the bare producer's, whose JVM has the same
 * options: neither the broker nor the source, which are in this process, count. The source says
 * more as soon as it may; the best of some rounds, each in turn with one of the bare producer's. In
 * which container a process ran is not asked: the audit log is not this machine's.
 */
final class CollectorRate implements Measure {
  private static final int ROUNDS = 5;
  private static final int MAX_RECORD = 32 << 20;

  /** Records that the bare producer sends in a round: its CPU is told in hundredths of seconds. */
  private static final int SENT = 80_000;

  /**
   * What is measured.
   *
   * @param label what the records' {@code ce_source} begins with
   * @param events in a round
   */
  private record Case(String what, String label, int events, SpokenSource source) {}

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    URI webhook = URI.create("http://127.0.0.1:" + Instance.freePort() + "/k8s-audit");
    Path log = Files.createDirectory(bench.directory().resolve("api-server")).resolve("audit.log");
    Files.createFile(log);
    List<Row> rows = new ArrayList<>();
    try (DataDirectory data = DataDirectory.open(bench.directory().resolve("collector-rate"));
        EmbeddedBroker broker = EmbeddedBroker.start(data, "bench", false);
        ChaosEngine engine = new ChaosEngine()) {
      Kafka kafka = broker.kafka();
      kafka.topics().create(kafka, 1, 1, MAX_RECORD);
      Path config = CollectorMemory.properties(bench, kafka);
      String[] more = {
        "--kafka", kafka.address(),
        "--kafka-config", config.toString(),
        "--topic-prefix", kafka.topicPrefix(),
        "--docker", engine.address(),
        "--kubernetes-log", log.toString(),
        "--kubernetes-webhook", webhook.getAuthority()
      };
      try (Instance collect = Instance.start(bench, "collect", more)) {
        collect.awaitReady();
        for (Case each : cases(bench, collect, log, webhook, engine)) {
          rows.add(row(bench, collect, kafka, config, each));
        }
      }
    }
    return rows;
  }

  private static List<Case> cases(
      Workbench bench, Instance collect, Path log, URI webhook, ChaosEngine engine)
      throws IOException {
    int many = (int) bench.size(20_000);
    return List.of(
        new Case("auditd's log", "auditd:", 2 * many, SpokenSource.auditd(collect.log())),
        new Case("Kubernetes webhook", "kubernetes:http", many, SpokenSource.kubernetes(webhook)),
        new Case("Kubernetes log", "kubernetes:/", many, SpokenSource.kubernetes(log)),
        new Case("Docker events", "docker:", many / 5, SpokenSource.docker(engine)));
  }

  private static Row row(Workbench bench, Instance collect, Kafka kafka, Path config, Case what)
      throws Exception {
    Kafka other = new Kafka(kafka.properties(), "bare-" + what.label().replaceAll("\\W", ""));
    other.topics().create(other, 1, 1, MAX_RECORD);
    double ours = 0;
    double bare = 0;
    try (SourceCount count = new SourceCount(kafka, what.label())) {
      Load load = new Load(what.label(), count.position(), what.events(), other.topics().events());
      Collected collected = new Collected(collect, what, count);
      collected.round();
      try (BareProducer producer = BareProducer.start(collect, kafka, config, load)) {
        for (int round = 0; round < (bench.small() ? 1 : ROUNDS); round++) {
          bare = Math.max(bare, sent(producer, (int) bench.size(SENT) / load.records(), load));
          ours = Math.max(ours, collected.round());
        }
      }
    }
    return new Row(
        "collect, " + what.what(),
        Row.number(ours) + " events/CPU s",
        "bare producer: " + Row.number(bare),
        Row.ratio(ours / bare),
        "");
  }

  private static double sent(BareProducer producer, int times, Load load) throws IOException {
    double begin = Machine.cpuSeconds(producer.pid());
    producer.send(times);
    return rate(times * load.records(), begin, producer.pid());
  }

  private static double rate(int events, double begin, long pid) throws IOException {
    return events / Math.max(0.01, Machine.cpuSeconds(pid) - begin);
  }

  /** Rounds of one collector. */
  private static final class Collected {
    private final Instance collect;
    private final Case what;
    private final SourceCount count;
    private int before;

    Collected(Instance collect, Case what, SourceCount count) {
      this.collect = collect;
      this.what = what;
      this.count = count;
    }

    double round() throws IOException, InterruptedException {
      double begin = Machine.cpuSeconds(collect.pid());
      int said = what.source().say(what.events(), kept -> count.await(before + kept));
      count.await(before + said);
      before += said;
      return rate(said, begin, collect.pid());
    }
  }
}
