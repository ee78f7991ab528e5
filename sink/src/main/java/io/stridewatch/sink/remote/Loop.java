package io.stridewatch.sink.remote;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The event loop of one sink, and how its callers wait for it. Threads are daemons. */
final class Loop implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(1)
              .setUseDaemonThread(true));

  Vertx vertx() {
    return vertx;
  }

  /**
   * What the future gives.
   *
   * @param doing what is told when it fails, such as {@code cannot post to https://soc}
   * @throws IOException when it fails, or is not done in time
   */
  static <T> T await(Future<T> future, Duration patience, String doing) throws IOException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(doing + ": no answer within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(doing + ": " + reason(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(doing + ": interrupted");
    }
  }

  /** The innermost that says something: TLS hides "certificate expired" three causes deep. */
  private static String reason(Throwable failure) {
    String reason = failure.getMessage();
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      reason = cause.getMessage() == null ? reason : cause.getMessage();
    }
    return reason == null ? failure.getClass().getSimpleName() : reason;
  }

  /** Idempotent. */
  @Override
  public void close() throws IOException {
    await(vertx.close(), STOP, "cannot stop the event loop");
  }
}
