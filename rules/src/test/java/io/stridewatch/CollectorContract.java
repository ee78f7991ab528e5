package io.stridewatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every collector promises to its supervisor. A source here says numbered records, each with
 * the word {@code number-N} in it.
 */
public interface CollectorContract {

  /** A collector of the source; the next one goes on where the last one stopped. */
  Collector collector() throws Exception;

  /** Has the source say a record; it keeps trying as a real one would. */
  void say(int number) throws Exception;

  /** Whether the source, or the place up to which it was read, holds the record for done. */
  boolean acknowledged(int number) throws Exception;

  /** Makes the source unreadable. */
  void breakSource() throws Exception;

  @Test
  default void hasAName() throws Exception {
    Collector collector = collector();
    assertFalse(collector.name().isBlank());
    collector.close();
  }

  @Test
  default void keepsWhatTheSourceSaysInItsOrder() throws Exception {
    running(
        kept -> {
          for (int number = 1; number <= 5; number++) {
            say(number);
          }
          assertEquals(IntStream.rangeClosed(1, 5).boxed().toList(), numbers(kept.await(5)));
          assertTrue(kept.records().stream().allMatch(r -> r.type().startsWith("io.stridewatch.")));
        });
  }

  @Test
  default void acknowledgesOnlyWhatIsSafe() throws Exception {
    running(
        kept -> {
          kept.hold();
          say(1);
          kept.awaitHeld();
          assertFalse(acknowledged(1));
          kept.letGo();
          kept.await(1);
          for (int attempt = 0; !acknowledged(1); attempt++) {
            assertTrue(attempt < 1000, "was never acknowledged");
            TimeUnit.MILLISECONDS.sleep(10);
          }
        });
  }

  @Test
  default void saysHowFarItHasReadOnceAllIsKept() throws Exception {
    running(
        kept -> {
          say(1);
          kept.await(1);
          kept.awaitReadUpTo();
        });
  }

  @Test
  default void givesAgainWhatWasNotKept() throws Exception {
    MemoryEmitter emitter =
        running(
            kept -> {
              say(1);
              kept.await(1);
              kept.failTimes(2);
              say(2);
              kept.awaitFailed();
              say(3);
              kept.await(3);
            });
    assertEquals(
        List.of(1, 2, 3), numbers(emitter.records()).stream().distinct().sorted().toList());
  }

  @Test
  default void losesNothingOverARestart() throws Exception {
    running(
        kept -> {
          say(1);
          kept.await(1);
        });
    say(2);
    MemoryEmitter next =
        running(
            kept -> {
              say(3);
              kept.awaitThat(records -> numbers(records).contains(3), "record 3");
            });
    assertTrue(numbers(next.records()).containsAll(List.of(2, 3)), next.records().toString());
  }

  @Test
  default void returnsSoonWhenItIsClosed() throws Exception {
    Running running = new Running(collector(), new MemoryEmitter());
    running.end();
    running.end();
    assertTrue(running.returned());
  }

  @Test
  default void failsWithAnIoExceptionWhenTheSourceIsBroken() throws Exception {
    breakSource();
    Collector collector = collector();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    new Thread(() -> failure.complete(thrownBy(collector))).start();
    Throwable thrown = failure.get(10, TimeUnit.SECONDS);
    collector.close();
    assertTrue(thrown instanceof IOException, String.valueOf(thrown));
    assertFalse(thrown.getMessage().contains("\n"), thrown.getMessage());
  }

  private static Throwable thrownBy(Collector collector) {
    try {
      collector.run(new MemoryEmitter());
      return null;
    } catch (IOException | InterruptedException | RuntimeException e) {
      return e;
    }
  }

  /** Has a collector at work while that happens; what was kept. */
  private MemoryEmitter running(Script script) throws Exception {
    MemoryEmitter kept = new MemoryEmitter();
    Running running = new Running(collector(), kept);
    try {
      script.run(kept);
    } finally {
      running.end();
    }
    return kept;
  }

  private static List<Integer> numbers(List<SourceRecord> records) {
    return records.stream().map(CollectorContract::number).toList();
  }

  private static int number(SourceRecord record) {
    String text = new String(record.value(), StandardCharsets.UTF_8);
    String digits = text.substring(text.indexOf("number-") + "number-".length());
    return Integer.parseInt(digits.replaceFirst("\\D(.|\n)*", ""));
  }

  /** What happens while a collector is at work. */
  interface Script {
    /** Says and asserts. */
    void run(MemoryEmitter kept) throws Exception;
  }

  /** A collector at work, run again when its source or the emitter fails. */
  final class Running {
    private final Collector collector;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean closed;

    Running(Collector collector, Emitter emitter) {
      this.collector = collector;
      new Thread(() -> run(emitter)).start();
    }

    private void run(Emitter emitter) {
      try {
        while (!closed) {
          once(emitter);
        }
        end.complete(null);
      } catch (InterruptedException | RuntimeException e) {
        end.completeExceptionally(e);
      }
    }

    private void once(Emitter emitter) throws InterruptedException {
      try {
        collector.run(emitter);
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }

    boolean returned() {
      return end.isDone();
    }

    void end() throws Exception {
      closed = true;
      collector.close();
      try {
        end.get(10, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
  }
}
