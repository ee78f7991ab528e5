package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Kafka's failures in plain words, on one line. */
final class Failures {
  private Failures() {}

  /**
   * Waits for an answer.
   *
   * @param asked what was asked, such as {@code Kafka at HOST:PORT was asked for its nodes}
   */
  static <T> T await(Future<T> answer, Duration patience, String asked)
      throws IOException, InterruptedException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw told(asked, e.getCause());
    } catch (TimeoutException e) {
      throw told(asked, new org.apache.kafka.common.errors.TimeoutException(e));
    }
  }

  /** The same failure as one that may heal. */
  static IOException told(String asked, Throwable cause) {
    return new IOException(asked + " " + answer(cause), cause);
  }

  /** Whether it is one of rights, which no waiting mends. */
  static boolean refused(IOException told) {
    return refused(told.getCause());
  }

  private static boolean refused(Throwable cause) {
    return cause instanceof AuthenticationException || cause instanceof AuthorizationException;
  }

  private static String answer(Throwable cause) {
    if (refused(cause)) {
      return "and refused: check user, password and rights in --kafka-config (" + line(cause) + ")";
    }
    if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
      return "and did not answer: is it running, is the address right, and does it want a password"
          + " (--kafka-config)?";
    }
    if (cause.getCause() instanceof ConfigException) {
      return "and can't be: check --kafka and --kafka-config (" + line(cause.getCause()) + ")";
    }
    return "and failed: " + line(cause);
  }

  private static String line(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
  }
}
