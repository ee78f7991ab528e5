package io.stridewatch.bench;

import io.stridewatch.AlertJson;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.sink.SinkAddress;
import io.stridewatch.sink.Terminal;
import io.stridewatch.stream.Delivery;
import io.stridewatch.stream.Kafka;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Alerts of a topic to each kind of sink, beside a loop that hands the same bytes to the target's
 * plain client. One partition; wall time; broker and targets in the same process.
 */
final class DeliveryRate implements Measure {
  private static final int MAX_RECORD = 1 << 20;

  /** Ten of them make an alert of 1.5 KB, as a rule about one record makes them. */
  private static final String LINE =
      "type=SYSCALL msg=audit(1795232830.123:1892): arch=c000003e syscall=257 ";

  /** A sink, the bare client of its target, how many that may take at once, and how many alerts. */
  private record Case(String kind, String address, int batch, int alerts, Bare bare) {}

  private interface Bare {
    BareSinks.Client client() throws Exception;
  }

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (DataDirectory data = DataDirectory.open(bench.directory().resolve("delivery"));
        EmbeddedBroker broker = EmbeddedBroker.start(data, "delivery", false);
        SinkTargets targets = new SinkTargets()) {
      Kafka kafka = broker.kafka();
      kafka.topics().create(kafka, 1, 1, MAX_RECORD);
      fill(kafka, (int) bench.size(100_000));
      for (Case each : cases(bench, targets)) {
        rows.add(row(kafka, each, bench));
      }
    }
    return rows;
  }

  private static List<Case> cases(Workbench bench, SinkTargets targets) {
    String http = "http://127.0.0.1:" + targets.http();
    Path file = bench.directory().resolve("alerts.jsonl");
    Path bare = bench.directory().resolve("bare.jsonl");
    int many = (int) bench.size(100_000);
    return List.of(
        new Case(
            "elasticsearch",
            http + "/alerts#form=json",
            500,
            many,
            () -> BareSinks.bulk(URI.create(http + "/_bulk"))),
        new Case("file", file.toString(), 500, many, () -> BareSinks.file(bare)),
        new Case(
            "syslog",
            "tcp://127.0.0.1:" + targets.tcp(),
            64,
            many,
            () -> BareSinks.syslog(targets.tcp())),
        new Case(
            "webhook",
            http + "/in",
            16,
            many / 5,
            () -> BareSinks.webhook(URI.create(http + "/in"))));
  }

  private static Row row(Kafka kafka, Case which, Workbench bench) throws Exception {
    double ours = 0;
    double bare = 0;
    for (int round = 0; round < (bench.small() ? 1 : 3); round++) {
      bare =
          Math.max(
              bare, BareSinks.rate(kafka, which.bare().client(), which.batch(), which.alerts()));
      ours = Math.max(ours, delivered(kafka, which, round));
    }
    return new Row(
        "delivery to " + which.kind(),
        Row.number(ours) + " alerts/s",
        "bare client's loop: " + Row.number(bare),
        Row.ratio(ours / bare),
        ">= 0.8");
  }

  private static void fill(Kafka kafka, int alerts) {
    Map<String, Object> writing = new HashMap<>(kafka.properties());
    writing.put("batch.size", 256 << 10);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < alerts; i++) {
        byte[] line =
            AlertJson.line(SampleAlerts.numbered(i, LINE.repeat(10)))
                .getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(kafka.topics().alerts(), 0, new byte[] {'s'}, line);
        record.headers().add("seq", Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        producer.send(record);
      }
    }
  }

  /** Alerts a second, from the start to the last one told. */
  private static double delivered(Kafka kafka, Case which, int round) throws Exception {
    SinkAddress address =
        SinkAddress.of("round" + round + which.kind() + ":" + which.kind() + "=" + which.address());
    try (Sink sink = address.open(Severity.INFO, System.out, new Terminal(80, false));
        Admin admin = Admin.create(new HashMap<>(kafka.properties()))) {
      Delivery delivery = new Delivery(kafka, sink, "bench");
      delivery.configure(true);
      Thread thread = new Thread(() -> run(delivery), "bench-delivery");
      long began = System.nanoTime();
      thread.start();
      while (Committed.by(admin, kafka.topicPrefix() + ".sink." + sink.name()) < which.alerts()) {
        Thread.sleep(5);
      }
      long took = System.nanoTime() - began;
      delivery.close();
      thread.join();
      return which.alerts() * 1e9 / took;
    }
  }

  private static void run(Delivery delivery) {
    try {
      delivery.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
