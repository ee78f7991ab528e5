package io.stridewatch.sink.route;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lets so many messages through in each minute of the clock that it is given; all that come beyond
 * are told in the next minute, together, as a digest. What waits is told before what comes later,
 * so alerts keep their order. Not thread-safe. Bounded by what its caller hands in and does not get
 * back.
 */
public final class Limit<T> {
  private final int most;
  private final Deque<Digest<T>> waiting = new ArrayDeque<>();
  private Spent spent = new Spent(Long.MIN_VALUE, 0);

  /**
   * How much of a minute is used up.
   *
   * @param minute since 1970
   */
  public record Spent(long minute, int messages) {}

  /** So many in a minute, 1 at least. */
  public Limit(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a sink is told one message a minute at least");
    }
    this.most = most;
  }

  /** What was used up, to be handed to {@link #spent} after a restart. */
  public Spent spent() {
    return spent;
  }

  /** Goes on with what was used up before; of several the newest and highest counts. */
  public void spent(Spent before) {
    if (before.minute() > spent.minute()
        || before.minute() == spent.minute() && before.messages() > spent.messages()) {
      spent = before;
    }
  }

  /** What may be told now, of what waits and of these. */
  public List<Notice<T>> pass(List<Notice<T>> notices, Instant now) {
    long minute = Math.floorDiv(now.getEpochSecond(), 60);
    if (minute != spent.minute()) {
      spent = new Spent(minute, 0);
    }
    List<Notice<T>> passed = new ArrayList<>();
    while (!waiting.isEmpty() && spent.messages() < most) {
      passed.add(counted(waiting.poll().notice()));
    }
    for (Notice<T> notice : notices) {
      if (notice.alert() == null) {
        passed.add(notice);
      } else if (waiting.isEmpty() && spent.messages() < most) {
        passed.add(counted(notice));
      } else {
        gather(notice);
      }
    }
    return passed;
  }

  private Notice<T> counted(Notice<T> notice) {
    spent = new Spent(spent.minute(), spent.messages() + 1);
    return notice;
  }

  private void gather(Notice<T> notice) {
    if (waiting.isEmpty() || waiting.getLast().full()) {
      waiting.add(new Digest<>());
    }
    waiting.getLast().add(notice);
  }
}
