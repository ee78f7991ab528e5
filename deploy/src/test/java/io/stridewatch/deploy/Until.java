package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Asks again and again, since another process can't be waited for otherwise. */
final class Until {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private Until() {}

  /** The first answer that is so; fails the test when none is within so many seconds. */
  static <T> T within(int seconds, Callable<T> question, Predicate<T> wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    T answer = question.call();
    while (!wanted.test(answer)) {
      if (System.nanoTime() > end) {
        fail("not so within " + seconds + " s: " + answer);
      }
      LockSupport.parkNanos(PAUSE);
      answer = question.call();
    }
    return answer;
  }
}
