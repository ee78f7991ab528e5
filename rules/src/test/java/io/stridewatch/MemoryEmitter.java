package io.stridewatch;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Keeps records in memory, or refuses to, as a test wants it. Any thread. */
public final class MemoryEmitter implements Emitter {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final List<SourceRecord> records = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final Map<String, Instant> upTo = new HashMap<>();
  private int failures;
  private boolean held;
  private int waiting;

  /** Fails so many times from now. */
  public synchronized void failTimes(int times) {
    failures = times;
    notifyAll();
  }

  /** Lets no call return until {@link #letGo}. */
  public synchronized void hold() {
    held = true;
  }

  /** Ends that. */
  public synchronized void letGo() {
    held = false;
    notifyAll();
  }

  @Override
  public synchronized void emit(List<SourceRecord> given) throws IOException, InterruptedException {
    pass();
    records.addAll(given);
    notifyAll();
  }

  @Override
  public synchronized void reject(Rejected one) throws IOException, InterruptedException {
    pass();
    rejected.add(one);
    notifyAll();
  }

  private void pass() throws IOException, InterruptedException {
    waiting++;
    notifyAll();
    while (held) {
      wait();
    }
    waiting--;
    if (failures > 0) {
      failures--;
      notifyAll();
      throw new IOException("the memory is away");
    }
  }

  @Override
  public synchronized void readUpTo(String scope, Source source, Instant time, String position) {
    if (time != null) {
      upTo.put(source.label() + " " + scope, time);
      notifyAll();
    }
  }

  /** Waits until it is told that a source was read up to some time. */
  public synchronized void awaitReadUpTo() throws InterruptedException {
    await(() -> !upTo.isEmpty(), () -> "how far a source was read");
  }

  /** How far sources were read, by source and scope. */
  public synchronized Map<String, Instant> readUpTo() {
    return Map.copyOf(upTo);
  }

  /** What was kept so far. */
  public synchronized List<SourceRecord> records() {
    return List.copyOf(records);
  }

  /** What was set aside so far. */
  public synchronized List<Rejected> rejected() {
    return List.copyOf(rejected);
  }

  /** Waits until that many records are kept, and returns them. */
  public synchronized List<SourceRecord> await(int count) throws InterruptedException {
    await(() -> records.size() >= count, () -> count + " records, not " + records.size());
    return records();
  }

  /** Waits until the kept records are so. */
  public synchronized void awaitThat(Predicate<List<SourceRecord>> wanted, String what)
      throws InterruptedException {
    await(() -> wanted.test(records), () -> what + " among " + records.size() + " records");
  }

  /** Waits until that many are set aside, and returns them. */
  public synchronized List<Rejected> awaitRejected(int count) throws InterruptedException {
    await(() -> rejected.size() >= count, () -> count + " set aside, not " + rejected.size());
    return rejected();
  }

  /** Waits until a call is held. */
  public synchronized void awaitHeld() throws InterruptedException {
    await(() -> waiting > 0, () -> "a call");
  }

  /** Waits until it has failed as often as it was told to. */
  public synchronized void awaitFailed() throws InterruptedException {
    await(() -> failures == 0, () -> "failures");
  }

  private void await(BooleanSupplier condition, Supplier<String> what) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
