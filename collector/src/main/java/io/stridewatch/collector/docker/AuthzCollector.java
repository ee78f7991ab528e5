package io.stridewatch.collector.docker;

import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.Source;
import io.stridewatch.Times;
import io.stridewatch.collector.Batch;
import io.stridewatch.collector.Gap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authorisation plug-in of Docker's that allows everything and records every request that
 * changes something, with what came of it. What made a container goes to the container's create
 * event, when {@link DockerCollector} is given this; all else is a record of type {@code authz}.
 *
 * <p>The engine waits for each answer and refuses all when there is none: so this listens from the
 * first {@link #run} to {@link #close}, also while nothing can be kept, and answers before it
 * looks. One thread answers, one reads, the supervisor's has records kept. At most 64 MiB wait; how
 * many calls were dropped then is told by a record of kind {@code gap}.
 */
public final class AuthzCollector implements Collector {
  private static final Logger LOG = LoggerFactory.getLogger(AuthzCollector.class);
  private static final long LOOK_MILLIS = 500;

  private final String address;
  private final String scope;
  private final AuthzCalls calls;
  private final AuthzSocket socket;
  private final Batch batch;
  private final Thread reader;
  private volatile boolean closed;
  private List<AuthzCall> unsafe = List.of();
  private List<AuthzCalls.Unread> unread = List.of();
  private AuthzCalls.Dropped untold;
  private boolean dropping;
  private boolean replaced;

  /**
   * Listens when it is run.
   *
   * @param path the socket, {@code /run/docker/plugins/NAME.sock}
   * @param scope the host
   * @param clock what dates the calls
   */
  public AuthzCollector(Path path, String scope, InstantSource clock) {
    this.address = "unix://" + path.toAbsolutePath();
    this.scope = scope;
    this.calls = new AuthzCalls(clock);
    this.socket = new AuthzSocket(path, calls);
    this.batch = new Batch(Source.DOCKER, address, scope, clock);
    this.reader = new Thread(calls::read, "docker authz");
    reader.setDaemon(true);
  }

  @Override
  public String name() {
    return "docker authz " + address;
  }

  @Override
  public void run(Emitter emitter) throws IOException, InterruptedException {
    emitter.readUpTo(scope, Source.DOCKER, null, "");
    if (reader.getState() == Thread.State.NEW) {
      reader.start();
    }
    while (!closed) {
      socket.listen();
      lookWhoListens();
      keep(emitter);
    }
    socket.close();
    calls.close();
    reader.join();
    while (!calls.empty() || !unsafe.isEmpty()) {
      keep(emitter);
    }
  }

  /** What was taken and not kept is given again at the next run. */
  private void keep(Emitter emitter) throws IOException, InterruptedException {
    if (unsafe.isEmpty()) {
      unsafe = calls.take(LOOK_MILLIS);
    }
    if (unread.isEmpty()) {
      unread = calls.unread();
    }
    unread.forEach(one -> batch.reject(one.json(), one.why()));
    unsafe.forEach(call -> batch.add(call.record()));
    batch.give(emitter);
    unsafe = List.of();
    unread = List.of();
    tellDropped(emitter);
  }

  private void tellDropped(Emitter emitter) throws IOException, InterruptedException {
    AuthzCalls.Dropped dropped = untold == null ? calls.dropped() : untold;
    untold = dropped;
    if (dropped == null) {
      if (dropping) {
        LOG.info("calls to the authorisation plug-in are kept again: socket={}", address);
      }
      dropping = false;
      return;
    }
    if (!dropping) {
      LOG.warn(
          "calls to the authorisation plug-in were dropped, records can't be kept as fast as they"
              + " come: socket={} calls={}",
          address,
          dropped.calls());
    }
    dropping = true;
    emitter.emit(List.of(gap(dropped).record(address, scope)));
    untold = null;
  }

  private static Gap gap(AuthzCalls.Dropped dropped) {
    return new Gap(
        "docker authz",
        Times.ofNanos(dropped.from()),
        Times.ofNanos(dropped.to()),
        dropped.calls(),
        "there was no room for calls to the authorisation plug-in");
  }

  private void lookWhoListens() throws IOException {
    boolean now = socket.replaced();
    if (now && !replaced) {
      LOG.info("another process took over as authorisation plug-in: socket={}", address);
    }
    replaced = now;
  }

  /**
   * The fact that made a container, for its create event.
   *
   * @return to come, null when it does not; or null when nobody asked to make one
   */
  CompletableFuture<byte[]> made(String container) {
    CompletableFuture<AuthzCall> call = calls.made(container);
    return call == null ? null : call.thenApply(one -> one == null ? null : one.fact());
  }

  @Override
  public void close() {
    closed = true;
  }
}
