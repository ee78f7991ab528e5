package io.stridewatch.bench;

import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.stream.Kafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Memory of a `collect` process that follows an audit log which grows by 1,000 events a second. */
final class CollectorMemory implements Measure {
  private static final int EVENTS_A_TURN = 100;
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int LIMIT_MEGABYTES = 140;

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    try (DataDirectory data = DataDirectory.open(bench.directory().resolve("collector-memory"));
        EmbeddedBroker broker = EmbeddedBroker.start(data, "bench", false)) {
      Kafka kafka = broker.kafka();
      kafka.topics().create(kafka, 8, 1, 32 << 20);
      Path config = properties(bench, kafka);
      try (Instance collect =
          Instance.start(
              bench,
              "collect",
              "--kafka",
              kafka.address(),
              "--kafka-config",
              config.toString(),
              "--topic-prefix",
              "bench")) {
        collect.awaitReady();
        double half = grow(bench, collect, bench.collecting().toNanos() / 2);
        double whole = grow(bench, collect, bench.collecting().toNanos() / 2);
        return List.of(row(bench, half, whole));
      }
    }
  }

  private static Row row(Workbench bench, double half, double whole) {
    long seconds = bench.collecting().toSeconds();
    return new Row(
        "collect, 1,000 events/s, RSS after %d s".formatted(seconds),
        Row.number(whole) + " MB",
        "after %d s: %s MB".formatted(seconds / 2, Row.number(half)),
        Row.ratio(whole / LIMIT_MEGABYTES),
        "<= " + LIMIT_MEGABYTES + " MB, level");
  }

  static Path properties(Workbench bench, Kafka kafka) throws IOException {
    Path file = bench.directory().resolve("kafka.properties");
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  /** Lets the log grow for so long; the collector's memory then. */
  private static double grow(Workbench bench, Instance collect, long nanos)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (BufferedReader lines =
            Files.newBufferedReader(bench.auditd(), StandardCharsets.ISO_8859_1);
        OutputStream log = Files.newOutputStream(collect.log(), StandardOpenOption.APPEND)) {
      for (long turn = 1; turn * TURN_NANOS <= nanos; turn++) {
        log.write(events(lines).getBytes(StandardCharsets.ISO_8859_1));
        long left = begin + turn * TURN_NANOS - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      }
    }
    return collect.residentMegabytes();
  }

  private static String events(BufferedReader lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int events = 0; events < EVENTS_A_TURN; ) {
      String line = lines.readLine();
      if (line == null) {
        return text.toString();
      }
      text.append(line).append('\n');
      events += line.startsWith("type=EOE") ? 1 : 0;
    }
    return text.toString();
  }
}
