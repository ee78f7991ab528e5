package io.stridewatch.collector.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.Source;
import io.stridewatch.collector.Batch;
import io.stridewatch.collector.SourceRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Reads a Docker engine's events and asks it at once what they don't say: a container's inspect
 * data at its create, start, update and rename, an exec's at its creation, the daemon's
 * configuration when it is reloaded. A record is the event's line and the fact's, written when the
 * answer is there or after 5 s, in order for each container.
 *
 * <p>One thread reads the stream and waits for nothing, 16 ask, the supervisor's has records kept.
 * At most 100,000 events or 64 MiB wait; beyond that the stream is given up and read again from the
 * last event that is safe, as far as the engine still has it (256 events). What it no longer had is
 * told by a record of kind {@code gap}, and what containers show of that time by {@link
 * Comparison}.
 */
public final class DockerCollector implements Collector {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** An answer's own time ends after its question's, so that only one of them says why. */
  private static final Duration LONGER = Duration.ofSeconds(1);

  private final DockerAddress engineAddress;
  private final String address;
  private final String scope;
  private final Path cursorFile;
  private final InstantSource clock;
  private final AuthzCollector authz;
  private final DaemonFacts daemon;
  private final Duration patience;
  private EventMark cursor;
  private Pending pending;
  private boolean closed;

  /**
   * An engine that need not be there yet.
   *
   * @param scope the host
   * @param cursorFile where the last event that is safe is kept over a restart, null to forget it
   * @param clock what dates questions and what can't be read
   */
  public DockerCollector(DockerAddress engine, String scope, Path cursorFile, InstantSource clock) {
    this(engine, scope, cursorFile, clock, null);
  }

  /**
   * One whose authorisation plug-in tells what its containers were made of.
   *
   * @param authz is run by itself; null for none
   */
  public DockerCollector(
      DockerAddress engine,
      String scope,
      Path cursorFile,
      InstantSource clock,
      AuthzCollector authz) {
    this(engine, scope, cursorFile, clock, authz, facts(engine, cursorFile), PATIENCE);
  }

  DockerCollector(
      DockerAddress engine,
      String scope,
      Path cursorFile,
      InstantSource clock,
      AuthzCollector authz,
      DaemonFacts daemon,
      Duration patience) {
    this.authz = authz;
    this.daemon = daemon;
    this.patience = patience;
    this.engineAddress = engine;
    this.address = engine.uri().toString();
    this.scope = scope;
    this.cursorFile = cursorFile;
    this.clock = clock;
  }

  /** One without TLS, such as {@code unix:///var/run/docker.sock}. */
  public DockerCollector(String engine, String scope, Path cursorFile, InstantSource clock) {
    this(DockerAddress.plain(engine), scope, cursorFile, clock);
  }

  /** What is known of the daemon lies beside the place in its events. */
  private static DaemonFacts facts(DockerAddress engine, Path cursorFile) {
    Path file =
        cursorFile == null ? null : cursorFile.resolveSibling(cursorFile.getFileName() + "-daemon");
    return DaemonFacts.of(engine, file);
  }

  @Override
  public String name() {
    return "docker " + address;
  }

  @Override
  public void run(Emitter emitter) throws IOException, InterruptedException {
    if (cursor == null && cursorFile != null) {
      cursor = EventMark.read(cursorFile);
    }
    daemon.begin();
    emitter.readUpTo(scope, Source.DOCKER, null, "");
    Pending fresh = new Pending(cursor);
    if (!begin(fresh)) {
      return;
    }
    try (Engine engine = new Engine(engineAddress, Questions.ASKERS, patience.plus(LONGER));
        Questions questions = new Questions(engine, daemon, authz, clock, patience);
        Response response = engine.events(cursor)) {
      Comparison comparison =
          new Comparison(
              engine, daemon, cursor, fresh, clock, patience.multipliedBy(2).dividedBy(5));
      EventReader reader =
          new EventReader(address, scope, response, cursor, questions, fresh, comparison);
      background(reader, "docker events").start();
      Thread comparing = background(comparison, "docker comparison");
      comparing.start();
      try {
        keep(fresh, emitter);
      } finally {
        comparing.interrupt();
      }
    }
  }

  private static Thread background(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private synchronized boolean begin(Pending fresh) {
    pending = fresh;
    return !closed;
  }

  private void keep(Pending heard, Emitter emitter) throws IOException, InterruptedException {
    Batch batch = new Batch(Source.DOCKER, address, scope, clock);
    Instant now = clock.instant();
    for (List<Heard> ready = heard.take(); ready != null; ready = heard.take()) {
      ready.forEach(one -> add(batch, one));
      batch.give(emitter);
      for (Heard one : ready) {
        daemon.safe(one);
      }
      move(heard.kept(ready));
      if (heard.idle()) {
        emitter.readUpTo(scope, Source.DOCKER, now, cursor == null ? "" : cursor.since());
      }
      now = clock.instant();
    }
  }

  private void add(Batch batch, Heard heard) {
    if (heard.fault() != null) {
      batch.reject(heard.raw(), heard.fault());
    } else {
      byte[] raw = heard.record();
      batch.add(raw, () -> SourceRecords.of(heard.source(), address, scope, raw));
    }
  }

  private void move(EventMark safe) throws IOException {
    if (safe == null || safe.equals(cursor)) {
      return;
    }
    cursor = safe;
    if (cursorFile != null) {
      safe.write(cursorFile);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pending != null) {
      pending.close();
    }
  }
}
