package io.stridewatch.sink.remote;

import io.stridewatch.Receipt;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends alerts to Splunk's HTTP Event Collector. Where the token has indexer acknowledgement they
 * are told when Splunk says that they are indexed, else when it took them. At least once: what is
 * not acknowledged within the timeout is sent again; an event has its alert's id. Behind a load
 * balancer acknowledgement needs sessions that stick to one indexer.
 */
final class SplunkHec implements BatchRequest {
  private static final String JSON = "application/json";
  private static final long PAUSE_MILLIS = 250;

  private final Target target;
  private final HecRequest request;
  private final HttpPost http;
  private final String channel = UUID.randomUUID().toString();
  private final Map<String, String> headers = Map.of("X-Splunk-Request-Channel", channel);
  private final CountDownLatch closed = new CountDownLatch(1);

  SplunkHec(Target target, InstantSource clock) throws IOException {
    this.target = target;
    request = HecRequest.of(target);
    http = new HttpPost(target, request.events(), clock);
  }

  @Override
  public Body body(List<StoredAlert> alerts) {
    return request.body(alerts);
  }

  @Override
  public Receipt send(Body body) throws IOException {
    HecAnswer answer = HecAnswer.of(http.post(body.bytes(), JSON, headers));
    answer.judge();
    if (answer.acknowledgement() >= 0) {
      await(answer.acknowledgement());
    }
    return Receipt.all(body.count());
  }

  /** Asks again and again, for as long as the sink's timeout is. */
  private void await(long number) throws IOException {
    byte[] question = ("{\"acks\":[" + number + "]}").getBytes(StandardCharsets.UTF_8);
    long until = System.nanoTime() + target.timeout().toNanos();
    while (!acknowledged(question, number)) {
      if (System.nanoTime() > until || closed()) {
        throw new IOException(
            target.place()
                + " took events and did not acknowledge within "
                + target.timeout().toSeconds()
                + " s that they are indexed");
      }
    }
  }

  private boolean acknowledged(byte[] question, long number) throws IOException {
    Answer answer = http.post(request.acknowledgements(channel), question, JSON, headers);
    if (answer.status() / 100 != 2) {
      throw new IOException(answer.told());
    }
    return HecAnswer.of(answer).acknowledged(number);
  }

  /** A pause between two questions, which closing ends. */
  private boolean closed() throws InterruptedIOException {
    try {
      return closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while Splunk was asked");
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    http.close();
  }
}
