package io.stridewatch.sink.remote;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was written to a connection of late: when it breaks, nobody knows how much of that arrived.
 * Of the last 10 s, 32 MiB at most. Times are nanoseconds of one steady clock.
 */
final class Unconfirmed {
  static final long WINDOW = Duration.ofSeconds(10).toNanos();
  private static final long MOST_BYTES = 32L << 20;

  private record Written(long nanos, byte[] message) {}

  private final Deque<Written> written = new ArrayDeque<>();
  private long bytes;

  /** Remembers a message. */
  void add(byte[] message, long now) {
    written.addLast(new Written(now, message));
    bytes += message.length;
    forgetBefore(now - WINDOW);
    while (bytes > MOST_BYTES) {
      forgetFirst();
    }
  }

  /** Takes out what may not have arrived when the connection was lost, oldest first. */
  List<byte[]> lostAt(long nanos) {
    forgetBefore(nanos - WINDOW);
    List<byte[]> lost = written.stream().map(Written::message).toList();
    written.clear();
    bytes = 0;
    return lost;
  }

  private void forgetBefore(long nanos) {
    while (!written.isEmpty() && written.peekFirst().nanos() - nanos < 0) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    bytes -= written.removeFirst().message().length;
  }
}
