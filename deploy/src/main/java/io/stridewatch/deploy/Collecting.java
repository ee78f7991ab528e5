package io.stridewatch.deploy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.collector.FreeSpace;
import io.stridewatch.collector.Heartbeats;
import io.stridewatch.collector.Machine;
import io.stridewatch.collector.Supervisor;
import io.stridewatch.collector.auditd.AuditStreamCollector;
import io.stridewatch.collector.buffer.DiskBuffer;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.stream.EventWriter;
import io.stridewatch.stream.Kafka;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The collecting stage: collectors under their supervisors, and the road from them to Kafka. A
 * source that keeps what was not acknowledged, as a log does, waits for Kafka itself; the records
 * of others go to disk while Kafka is away.
 */
final class Collecting implements Heartbeats.Road {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Settings settings;
  private final Workers workers;
  private final MeterRegistry metrics;
  private final EventWriter writer;
  private final DiskBuffer buffer;
  private final FreeSpace space;

  /**
   * Opens the road.
   *
   * @param embedded whether Kafka writes to the same disk
   * @throws IOException one line, when the disk buffer can't be used
   */
  Collecting(
      Settings settings,
      Path data,
      Workers workers,
      MeterRegistry metrics,
      Kafka kafka,
      boolean embedded)
      throws IOException {
    this.settings = settings;
    this.workers = workers;
    this.metrics = metrics;
    Files.createDirectories(Sources.cursors(data));
    writer = new EventWriter(kafka, settings.value(Settings.MAX_RECORD));
    workers.closing("writer", writer);
    long most = settings.value(Settings.BUFFER);
    buffer = new DiskBuffer(data.resolve("buffer"), writer, most, PATIENCE);
    workers.closing("disk buffer", buffer);
    File disk = data.toFile();
    long least = embedded ? settings.value(Settings.MIN_FREE).of(disk.getTotalSpace()) : 0;
    space = new FreeSpace(disk::getUsableSpace, least);
    gauge("stridewatch.buffer.bytes", "Bytes of records that wait on disk for Kafka.");
    Gauge.builder("stridewatch.buffer.limit.bytes", () -> most)
        .description("How many may.")
        .register(metrics);
    Gauge.builder("stridewatch.buffer.set.aside", buffer, DiskBuffer::setAside)
        .description("Entries of the disk buffer that were broken or can't be kept.")
        .register(metrics);
  }

  private void gauge(String name, String what) {
    Gauge.builder(name, buffer, DiskBuffer::bytes).description(what).register(metrics);
  }

  /** Puts the collectors to work. */
  void start(List<Collector> collectors) {
    List<Supervisor> supervisors = new ArrayList<>();
    for (Collector collector : collectors) {
      if (collector instanceof AuditStreamCollector plugin) {
        plugin.ended().thenRun(workers::finish);
      }
      Emitter road = space.before(collector.rereads() ? writer : buffer);
      Supervisor supervisor = new Supervisor(collector, road);
      workers.closing(collector.name(), supervisor);
      Gauge.builder("stridewatch.collector.up", supervisor, s -> s.trouble() == null ? 1 : 0)
          .description("Whether the source can be read.")
          .tag("collector", collector.name())
          .register(metrics);
      supervisors.add(supervisor);
      supervisor.start();
    }
    Heartbeats heartbeats =
        new Heartbeats(
            supervisors,
            writer::heartbeat,
            this,
            Clock.systemUTC(),
            settings.value(Settings.SILENCE),
            Machine.id());
    workers.closing("heartbeats", heartbeats);
    heartbeats.start();
  }

  @Override
  public long waiting() {
    return buffer.bytes();
  }

  @Override
  public String trouble() {
    return space.trouble();
  }
}
