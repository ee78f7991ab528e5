package io.stridewatch.deploy;

import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage beside the instance of this machine. It waits for an instance that it has worked with
 * before, and moves when that comes back at another port: its workers end in order and begin anew
 * there, each where it stood. Where none was ever met, that is told at once.
 *
 * <p>{@link #begin} is called before {@link #run}, {@link #close} and {@link #present} by any
 * thread.
 */
final class Beside implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Beside.class);
  private static final long LOOK_MILLIS = 500;

  private final Path instance;
  private final Path met;
  private final Stage stage;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Kafka at;
  private boolean waited;
  private volatile Workers workers;

  /** What is to be at work there. */
  interface Stage {
    void start(Cluster cluster, Workers workers) throws IOException, InterruptedException;
  }

  /**
   * Nothing happens yet.
   *
   * @param instance its data directory
   * @param own that of this process, which remembers that an instance was met
   */
  Beside(Path instance, Path own, Stage stage) {
    this.instance = instance;
    this.met = own.resolve("instance-met");
    this.stage = stage;
  }

  /**
   * Puts the stage to work if the instance is there.
   *
   * @throws CommandFault when it is not, and never was
   */
  void begin() throws IOException, InterruptedException {
    Optional<Kafka> found =
        Files.exists(met)
            ? KafkaChoice.found(instance)
            : Optional.of(KafkaChoice.running(instance));
    if (found.isPresent()) {
      take(found.get());
    } else {
      await("none runs");
    }
  }

  /** Looks after it until {@link #close}. */
  void run() throws IOException, InterruptedException {
    while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (workers != null && !workers.working()) {
        ended();
      }
      Optional<Kafka> found = found();
      if (found.isPresent() && (at == null || !found.get().address().equals(at.address()))) {
        move(found.get());
      }
    }
  }

  /** What can't be read just now is being written. */
  private Optional<Kafka> found() {
    try {
      return KafkaChoice.found(instance);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A worker's fault ends the process, here as anywhere. */
  private void ended() throws IOException, InterruptedException {
    try {
      workers.await();
    } catch (CommandFault e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void move(Kafka found) throws IOException, InterruptedException {
    stop();
    try {
      take(found);
      LOG.info("the instance on {} is there: kafka={}", instance, found.address());
      waited = false;
    } catch (IOException e) { // It is told before it answers, or it went away again.
      stop();
      await(e.getMessage());
    }
  }

  private void take(Kafka found) throws IOException, InterruptedException {
    Workers group = new Workers();
    workers = group;
    stage.start(Cluster.running(found, group), group);
    at = found;
    Files.writeString(met, found.address() + "\n");
  }

  private void await(String why) {
    if (!waited) {
      LOG.warn("the instance on {} is waited for: why={}", instance, why);
    }
    waited = true;
  }

  /** Whether the stage is at work; its own failures are not looked at. */
  boolean present() {
    return at != null;
  }

  private void stop() {
    at = null;
    if (workers != null) {
      workers.close();
      workers = null;
    }
  }

  /** Ends {@link #run} and the stage. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    Workers group = workers;
    if (group != null) {
      group.close();
    }
  }
}
