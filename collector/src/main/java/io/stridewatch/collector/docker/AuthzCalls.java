package io.stridewatch.collector.docker;

import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the engine told its authorisation plug-in, between the socket, which must never wait, and
 * those who have it kept. A request's two calls are one record, that of the answer, which repeats
 * the request; a creation's answer goes to the container's create event when that asks for it. What
 * stays alone for 3 s is a record by itself.
 *
 * <p>Any thread. At most 64 MiB wait; what comes then is dropped and counted.
 */
final class AuthzCalls {
  private static final long MOST_BYTES = 64L << 20;
  private static final long CLAIMED_BYTES = 16L << 20;
  private static final int AT_ONCE = 1000;
  private static final Duration ALONE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final long mostBytes;
  private final Deque<Raw> incoming = new ArrayDeque<>();
  private final Deque<AuthzCall> asked = new ArrayDeque<>();
  private final Map<String, AuthzCall> made = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<AuthzCall>> wanted = new HashMap<>();
  private final Map<String, AuthzCall> claimed = new LinkedHashMap<>();
  private final Deque<AuthzCall> ready = new ArrayDeque<>();
  private final List<Unread> unread = new ArrayList<>();
  private long bytes;
  private long claimedBytes;
  private long last;
  private Dropped dropped;
  private boolean closed;

  private record Raw(String call, long nanos, byte[] json) {}

  /** A call that can't be read, and why. */
  record Unread(byte[] json, String why) {}

  /** How many calls there was no room for, from when to when. */
  record Dropped(long from, long to, long calls) {}

  AuthzCalls(InstantSource clock) {
    this(clock, MOST_BYTES);
  }

  AuthzCalls(InstantSource clock, long mostBytes) {
    this.clock = clock;
    this.mostBytes = mostBytes;
  }

  /** Takes a call as it came; never waits. No two have the same time. */
  synchronized void offer(String call, byte[] json) {
    long nanos = Math.max(last + 1, Times.nanos(clock.instant()));
    last = nanos;
    if (bytes + json.length > mostBytes) {
      dropped(nanos);
      return;
    }
    bytes += json.length;
    incoming.add(new Raw(call, nanos, json));
    notifyAll();
  }

  /** A call was greater than any that is kept. */
  synchronized void tooLarge() {
    dropped(Times.nanos(clock.instant()));
  }

  private void dropped(long nanos) {
    long from = dropped == null ? nanos : dropped.from();
    dropped = new Dropped(from, nanos, dropped == null ? 1 : dropped.calls() + 1);
  }

  /** Reads what comes until it is closed and all is read; for one thread of its own. */
  void read() {
    try {
      for (Raw raw = next(); raw != null; raw = next()) {
        read(raw);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Raw next() throws InterruptedException {
    while (incoming.isEmpty() && !closed) {
      wait();
    }
    return incoming.peek();
  }

  private void read(Raw raw) {
    AuthzCall call = null;
    String fault = null;
    try {
      call = AuthzCall.read(raw.call(), raw.nanos(), raw.json());
    } catch (UnreadableRecordException e) {
      fault = e.getMessage();
    } catch (RuntimeException e) {
      fault = "unexpected: " + e;
    }
    synchronized (this) {
      incoming.poll();
      sort(raw, call, fault);
      notifyAll();
    }
  }

  private void sort(Raw raw, AuthzCall call, String fault) {
    if (fault != null) {
      unread.add(new Unread(raw.json(), fault));
    } else if (!call.changes()) {
      bytes -= call.size();
    } else if (!call.answered()) {
      asked.add(call);
    } else {
      answered(call);
    }
  }

  private void answered(AuthzCall call) {
    asked.stream()
        .filter(one -> one.pair().equals(call.pair()))
        .findFirst()
        .ifPresent(
            one -> {
              asked.remove(one);
              bytes -= one.size();
            });
    CompletableFuture<AuthzCall> event = wanted.remove(call.made());
    if (!call.create() || call.made().isEmpty()) {
      ready.add(call);
    } else if (event != null && event.complete(call)) {
      claim(call);
    } else {
      made.put(call.made(), call);
    }
  }

  /** Handed out, but remembered: the event may have to be read again. */
  private void claim(AuthzCall call) {
    bytes -= call.size();
    claimed.put(call.made(), call);
    claimedBytes += call.size();
    var oldest = claimed.values().iterator();
    while (claimedBytes > CLAIMED_BYTES && oldest.hasNext()) {
      claimedBytes -= oldest.next().size();
      oldest.remove();
    }
  }

  /**
   * The call that made a container, for its create event: it comes 0.1 to 0.5 ms after that, the
   * request 11 ms and more before.
   *
   * @return to come within a second, null when it does not; or null when nobody asked to make one
   */
  synchronized CompletableFuture<AuthzCall> made(String container) {
    AuthzCall known = made.remove(container);
    if (known != null) {
      claim(known);
    } else {
      known = claimed.get(container);
    }
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    if (incoming.isEmpty() && asked.stream().noneMatch(AuthzCall::create)) {
      return null;
    }
    CompletableFuture<AuthzCall> event = new CompletableFuture<>();
    wanted.put(container, event);
    event.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return event;
  }

  /**
   * What is to be a record by itself, when something is or the time is over.
   *
   * @param millis how long to wait for it
   */
  synchronized List<AuthzCall> take(long millis) throws InterruptedException {
    if (ready.isEmpty() && unread.isEmpty() && !closed) {
      wait(Math.max(1, millis));
    }
    alone(Times.nanos(clock.instant()) - ALONE.toNanos());
    List<AuthzCall> taken = new ArrayList<>();
    while (!ready.isEmpty() && taken.size() < AT_ONCE) {
      AuthzCall call = ready.poll();
      bytes -= call.size();
      taken.add(call);
    }
    return taken;
  }

  private void alone(long before) {
    while (!asked.isEmpty() && (closed || asked.peek().nanos() < before)) {
      ready.add(asked.poll());
    }
    made.values().removeIf(call -> (closed || call.nanos() < before) && ready.add(call));
    wanted.values().removeIf(CompletableFuture::isDone);
  }

  /** What can't be read. */
  synchronized List<Unread> unread() {
    List<Unread> taken = List.copyOf(unread);
    unread.clear();
    taken.forEach(one -> bytes -= one.json().length);
    return taken;
  }

  /** What there was no room for since this was last asked; null when there was room. */
  synchronized Dropped dropped() {
    Dropped told = dropped;
    dropped = null;
    return told;
  }

  /** Nothing more will come: what is alone is a record now. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Whether nothing waits any more. */
  synchronized boolean empty() {
    return incoming.isEmpty() && asked.isEmpty() && made.isEmpty() && ready.isEmpty();
  }
}
