package io.stridewatch.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Waits for a Kafka that somebody else runs. One that this process has worked with before is away,
 * not wrong: it is waited for without end, with one line when that begins and one when it ends. An
 * address where none ever answered is likely a mistake, and is told as one. So is a Kafka that
 * refuses us, always.
 *
 * <p>{@link #there} and {@link #reach} are called by any thread, {@link #close} too.
 */
public final class KafkaArrival implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final Kafka kafka;
  private final Path met;
  private final boolean known;
  private final Outage outage;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What needs Kafka; done again from its beginning when Kafka is away in the middle of it. */
  public interface Step {
    void take() throws IOException, InterruptedException;
  }

  /**
   * Asks nothing yet.
   *
   * @param met the file that remembers at which address Kafka answered last
   * @throws IOException when it can't be read
   */
  public KafkaArrival(Kafka kafka, Path met) throws IOException {
    this.kafka = kafka;
    this.met = met;
    known = Files.exists(met) && Files.readString(met).strip().equals(kafka.address());
    outage =
        new Outage(
            "Kafka at " + kafka.address() + " is away",
            "Kafka at " + kafka.address() + " is there");
  }

  /**
   * Whether it answers now: 3 s at most for one that was met, 15 s for one that never was.
   *
   * @throws IOException one line, when it refuses us, or never answered at this address
   */
  public boolean there() throws IOException, InterruptedException {
    try {
      kafka.check(known ? LOOK : PATIENCE);
    } catch (IOException e) {
      begin(e);
      return false;
    }
    Files.writeString(met, kafka.address() + "\n");
    outage.end();
    return true;
  }

  /**
   * Takes the step; while a Kafka that was met is away again and again, until it is back.
   *
   * @throws IOException one line, when Kafka refuses us, or was never met before
   * @throws InterruptedException when this was closed meanwhile
   */
  public void reach(Step step) throws IOException, InterruptedException {
    while (true) {
      try {
        step.take();
        outage.end();
        return;
      } catch (IOException e) {
        begin(e);
      }
      outage.pause(closed);
      if (closed.getCount() == 0) {
        throw new InterruptedException("Kafka is not waited for any more");
      }
    }
  }

  private void begin(IOException why) throws IOException {
    if (!known || Failures.refused(why)) {
      throw why;
    }
    outage.begin(why);
  }

  /** Whether nobody waits for it now. */
  public boolean present() {
    return !outage.lasts();
  }

  /** Ends all waiting. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
  }
}
