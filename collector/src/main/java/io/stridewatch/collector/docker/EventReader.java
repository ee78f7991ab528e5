package io.stridewatch.collector.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.ByteLines;
import io.stridewatch.collector.Gap;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the event stream on a thread that waits for nothing else: a subscriber that stalls slows
 * the whole engine down and loses events for good.
 *
 * <p>{@code since} is inclusive to the nanosecond, so the first event after a reconnect is the last
 * one that was seen, and is dropped. If it is another one, the engine no longer had all.
 */
final class EventReader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

  private final String address;
  private final String scope;
  private final Response response;
  private final Questions questions;
  private final Pending pending;
  private final Comparison comparison;
  private EventMark expected;
  private EventMark last;

  EventReader(
      String address,
      String scope,
      Response response,
      EventMark since,
      Questions questions,
      Pending pending,
      Comparison comparison) {
    this.address = address;
    this.scope = scope;
    this.response = response;
    this.questions = questions;
    this.pending = pending;
    this.comparison = comparison;
    expected = since;
    last = since;
  }

  @Override
  public void run() {
    try (InputStream body = response.getBody()) {
      ByteLines lines = new ByteLines(body);
      while (lines.next()) {
        line(lines);
      }
      pending.end(new IOException("the event stream ended: the engine was stopped or restarted"));
    } catch (IOException e) {
      pending.end(new IOException("the event stream broke off: " + e.getMessage(), e));
    } catch (RuntimeException e) {
      LOG.error("the reader of the event stream failed: engine={}", address, e);
      pending.end(new IOException("the event stream can't be read: " + e, e));
    }
  }

  private void line(ByteLines lines) throws IOException {
    if (lines.from() == lines.to()) {
      return;
    }
    byte[] raw = lines.bytes();
    if (lines.cut()) {
      unreadable(raw, "a line of " + lines.length() + " bytes is too long");
      return;
    }
    try {
      event(raw, Decoders.decode(Source.DOCKER, scope, raw));
    } catch (UnreadableRecordException e) {
      unreadable(raw, e.getMessage());
    }
  }

  private void event(byte[] raw, AuditEvent event) throws IOException {
    comparison.heard(event);
    EventMark mark = new EventMark(event.nanos(), event.id());
    EventMark awaited = expected;
    if (awaited != null && mark.isJustBefore(awaited)) {
      return;
    }
    expected = null;
    if (awaited != null && mark.isOf(awaited)) {
      return;
    }
    if (awaited != null && event.nanos() > awaited.told()) {
      gap(awaited, event);
    }
    CompletableFuture<byte[]> fact = questions.about(event);
    String subject = String.join("", event.values("Actor.ID"));
    pending.add(new Heard(Source.DOCKER, raw, null, subject, last, mark, fact));
    last = mark;
    if (fact != null) {
      fact.thenRun(() -> pending.answered(subject));
    }
  }

  private void unreadable(byte[] raw, String why) throws IOException {
    pending.add(new Heard(Source.DOCKER, raw, why, "", last, last, null));
  }

  /**
   * The engine keeps 256 events, and none over a restart. What was told of it before, by a
   * connection that broke before the event behind it was safe, is not told again.
   */
  private void gap(EventMark awaited, AuditEvent event) throws IOException {
    Gap gap =
        new Gap(
            "docker",
            Times.ofNanos(Math.max(awaited.nanos(), awaited.told())),
            event.time(),
            0,
            "the engine no longer had all events");
    LOG.warn(
        "the engine no longer had all events: engine={} from={} to={}",
        address,
        Times.text(gap.from()),
        Times.text(gap.to()));
    EventMark told = awaited.told(event.nanos());
    pending.add(new Heard(Source.PIPELINE, gap.raw(), null, "", last, told, null));
    last = told;
  }
}
