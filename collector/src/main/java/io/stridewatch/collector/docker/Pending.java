package io.stridewatch.collector.docker;

import io.stridewatch.Source;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Between the reader of the stream, who must never wait, and who has the records kept: what was
 * heard waits here for its fact, in order for each subject. Any thread. Bounded: when it is full
 * the stream is given up, and read again later from the last event that is safe.
 */
final class Pending {
  private static final int MOST = 100_000;
  private static final long MOST_BYTES = 64L << 20;
  private static final int AT_ONCE = 1000;
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, Deque<Heard>> waiting = new HashMap<>();
  private final Deque<Heard> ready = new ArrayDeque<>();
  private final Set<Heard> open = new LinkedHashSet<>();
  private EventMark newest;
  private long bytes;
  private IOException end;
  private boolean closed;

  /**
   * Nothing is heard yet.
   *
   * @param since up to which event all is safe already; null when nothing is
   */
  Pending(EventMark since) {
    newest = since;
  }

  /**
   * Takes what was heard; never waits.
   *
   * @throws IOException when there is no room
   */
  synchronized void add(Heard heard) throws IOException {
    if (open.size() >= MOST || bytes >= MOST_BYTES) {
      throw new IOException(
          "records can't be kept as fast as the engine speaks: its stream is read again later");
    }
    open.add(heard);
    bytes += heard.raw().length;
    newest = heard.after();
    waiting.computeIfAbsent(heard.subject(), subject -> new ArrayDeque<>(2)).add(heard);
    release(heard.subject());
  }

  /**
   * Takes what was not heard in the stream, and moves no place in it.
   *
   * @throws IOException when there is no room
   */
  synchronized void addBeside(byte[] raw, String subject) throws IOException {
    add(new Heard(Source.DOCKER, raw, null, subject, newest, newest, null));
  }

  /** A fact of the subject is there. */
  synchronized void answered(String subject) {
    release(subject);
  }

  private void release(String subject) {
    Deque<Heard> queue = waiting.get(subject);
    while (queue != null && !queue.isEmpty() && queue.peek().answered()) {
      ready.add(queue.poll());
      notifyAll();
    }
    if (queue != null && queue.isEmpty()) {
      waiting.remove(subject);
    }
  }

  /** Nothing more will come. */
  synchronized void end(IOException why) {
    if (end == null) {
      end = why;
    }
    notifyAll();
  }

  /** What waits need not be had any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /**
   * What is ready, as soon as something is; nothing when nothing came for a second; null when it
   * was closed.
   *
   * @throws IOException why the stream ended, when all that it said was taken
   */
  synchronized List<Heard> take() throws IOException, InterruptedException {
    long until = System.nanoTime() + WAIT_NANOS;
    for (long left = WAIT_NANOS; ready.isEmpty() && !closed && left > 0; ) {
      if (end != null && open.isEmpty()) {
        throw end;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = until - System.nanoTime();
    }
    List<Heard> taken = new ArrayList<>();
    while (!ready.isEmpty() && taken.size() < AT_ONCE && !closed) {
      taken.add(ready.poll());
    }
    return closed ? null : taken;
  }

  /** Whether all that was heard is safe. */
  synchronized boolean idle() {
    return open.isEmpty() && end == null;
  }

  /**
   * These are safe.
   *
   * @return up to which event all are; null when not even the first is
   */
  synchronized EventMark kept(List<Heard> safe) {
    for (Heard heard : safe) {
      open.remove(heard);
      bytes -= heard.raw().length;
    }
    return open.isEmpty() ? newest : open.iterator().next().before();
  }
}
