package io.stridewatch.collector.kubernetes;

import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.Batch;
import io.stridewatch.collector.ByteLines;
import io.stridewatch.collector.Gap;
import io.stridewatch.collector.LogFollower;
import io.stridewatch.collector.Position;
import io.stridewatch.collector.SourceRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Follows the API server's audit log ({@code --audit-log-path}, format json, an event a line)
 * through rotation, or a file of a cloud's export of it ({@link CloudEnvelope}), a line each.
 * Bounds and failures are those of {@link LogFollower}.
 */
public final class KubernetesLogCollector implements Collector {
  /** As rules allow a log. */
  private static final Duration LATENESS = Duration.ofSeconds(5);

  private final Path log;
  private final String scope;
  private final InstantSource clock;
  private final LogFollower follower;

  /**
   * A log that need not be there yet.
   *
   * @param cursorFile where the place is kept over a restart, null to forget it
   * @param fromStart whether to begin at the first line when there is no cursor, not behind the
   *     last
   * @param scope the cluster
   * @param clock what dates a line that can't be read
   */
  public KubernetesLogCollector(
      Path log, Path cursorFile, boolean fromStart, String scope, InstantSource clock) {
    this.log = log;
    this.scope = scope;
    this.clock = clock;
    follower = new LogFollower(log, cursorFile, fromStart, clock);
  }

  @Override
  public String name() {
    return "kubernetes " + log;
  }

  @Override
  public void run(Emitter emitter) throws IOException, InterruptedException {
    Batch batch = new Batch(Source.KUBERNETES, log.toString(), scope, clock);
    follower.run(new Lines(batch), batch, emitter);
  }

  @Override
  public boolean rereads() {
    return true;
  }

  @Override
  public void close() {
    follower.close();
  }

  private final class Lines implements LogFollower.Framing {
    private final Batch batch;
    private final Leases leases = new Leases(LATENESS);
    private Position safe;

    Lines(Batch batch) {
      this.batch = batch;
    }

    @Override
    public void line(ByteLines line, Position start, Position end) {
      if (line.to() > line.from()) {
        add(line.bytes());
      }
      safe = end;
    }

    private void add(byte[] line) {
      try {
        if (!CloudEnvelope.open(line, 0, line.length, this::add)) {
          add(null, line);
        }
      } catch (UnreadableRecordException e) {
        batch.reject(line, e.getMessage());
      }
    }

    private void add(String cluster, byte[] raw) {
      String scope = cluster == null ? batch.scope() : cluster;
      batch.add(
          raw,
          () -> {
            SourceRecord record = SourceRecords.of(Source.KUBERNETES, batch.address(), scope, raw);
            leases.seen(record);
            return record;
          });
    }

    @Override
    public void quiet() {
      for (String cluster : leases.clusters()) {
        for (Gap gap : leases.gaps(cluster, clock.instant())) {
          batch.add(gap.raw(), () -> gap.record(batch.address(), cluster));
        }
      }
    }

    @Override
    public Position safe() {
      return safe;
    }
  }
}
