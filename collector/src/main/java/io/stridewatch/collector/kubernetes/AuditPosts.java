package io.stridewatch.collector.kubernetes;

import io.stridewatch.Emitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.Batch;
import io.stridewatch.collector.Chunks;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one post after another: its body on the event loop, its records on a worker. Refuses only
 * what can't be kept or comes from a stranger.
 */
final class AuditPosts {
  static final String PATH = "/k8s-audit";

  /** The greatest body: 30 MB in one post were seen. */
  static final int LARGEST = 64 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(AuditPosts.class);

  /** Bodies held together: a quarter of the heap, and at least one. */
  private static final long AT_ONCE = Math.max(LARGEST, Runtime.getRuntime().maxMemory() / 4);

  /** Bodies of which one at a time is worked on: each may need twice its size once more. */
  private static final int LARGE = 4 << 20;

  private static final Pattern CLUSTER = Pattern.compile(PATH + "(?:/([A-Za-z0-9._-]{1,253}))?");

  /** On a disk that is nearly full some are kept and some are not. */
  private static final Duration CALM = Duration.ofSeconds(5);

  /** As rules allow a webhook: batching and retries. */
  private static final Duration LATENESS = Duration.ofSeconds(130);

  private final Vertx vertx;
  private final Emitter emitter;
  private final String defaultCluster;
  private final WebhookToken token;
  private final String address;
  private final InstantSource clock;
  private final PostedUpTo posts = new PostedUpTo();
  private final Leases leases = new Leases(LATENESS);
  private final List<SourceRecord> gaps = new ArrayList<>();
  private final Semaphore oneLarge = new Semaphore(1);
  private long held;
  private boolean away;
  private Instant failed;

  AuditPosts(
      Vertx vertx,
      Emitter emitter,
      String defaultCluster,
      WebhookToken token,
      String address,
      InstantSource clock) {
    this.vertx = vertx;
    this.emitter = emitter;
    this.defaultCluster = defaultCluster;
    this.token = token;
    this.address = address;
    this.clock = clock;
  }

  /** Takes a request; on the event loop. */
  void take(HttpServerRequest request) {
    Matcher path = CLUSTER.matcher(request.path() == null ? "" : request.path());
    if (!path.matches()) {
      refuse(request, 404, "audit events are taken at " + PATH + " and " + PATH + "/CLUSTER");
    } else if (!token.isIn(request.getHeader("Authorization"))) {
      request.response().putHeader("WWW-Authenticate", "Bearer");
      refuse(request, 401, "the bearer token is missing or not the one that was agreed");
    } else if (request.method() != HttpMethod.POST) {
      request.response().putHeader("Allow", "POST");
      refuse(request, 405, "audit events are posted");
    } else {
      read(request, path.group(1) == null ? defaultCluster : path.group(1));
    }
  }

  private void read(HttpServerRequest request, String cluster) {
    Body body = new Body(request);
    request.exceptionHandler(broken -> body.release());
    request.handler(body::add);
    request.endHandler(
        end -> {
          if (!request.response().ended()) {
            keep(request, cluster, body);
          }
        });
  }

  private void keep(HttpServerRequest request, String cluster, Body body) {
    posts.begun();
    Callable<Void> work =
        () -> {
          boolean large = body.bytes.length() > LARGE;
          if (large) {
            oneLarge.acquire();
          }
          try {
            keep(cluster, body.bytes);
          } finally {
            posts.ended();
            if (large) {
              oneLarge.release();
            }
          }
          return null;
        };
    vertx
        .executeBlocking(work, false)
        .onComplete(
            kept -> {
              body.release();
              tell(kept.cause());
              if (kept.succeeded()) {
                request.response().end();
              } else {
                refuse(request, 503, "the events can't be kept now: send them again");
              }
            });
  }

  private void keep(String cluster, Chunks body) throws IOException, InterruptedException {
    Instalments instalments =
        new Instalments(new Batch(Source.KUBERNETES, address, cluster, clock), emitter, leases);
    try {
      EventList.items(body, instalments);
    } catch (UnreadableRecordException e) {
      byte[] whole = body.range(0, body.length());
      body.forget(body.length());
      instalments.reject(whole, e.getMessage());
    }
    instalments.end();
    posts.kept(cluster, instalments.newest(), clock.instant());
  }

  /** Tells how far each cluster was heard, and what was silent, unless posts are under way. */
  void tell() throws InterruptedException {
    posts
        .upTo(clock.instant())
        .forEach(
            (cluster, upTo) -> {
              leases.gaps(cluster, upTo).forEach(gap -> gaps.add(gap.record(address, cluster)));
              emitter.readUpTo(cluster, Source.KUBERNETES, upTo, posts.position());
            });
    try {
      if (!gaps.isEmpty()) {
        emitter.emit(List.copyOf(gaps));
        gaps.clear();
      }
    } catch (IOException e) {
      // Told with the next: the posts that can't be kept either are told at once.
    }
  }

  /** Once when it begins, once when it ends: when none failed for a while. */
  private void tell(Throwable failure) {
    Instant now = clock.instant();
    if (failure != null) {
      failed = now;
      if (!away) {
        LOG.warn(
            "posted events can't be kept, the API server is told to send them again: why={}",
            failure.toString());
      }
      away = true;
    } else if (away && !now.isBefore(failed.plus(CALM))) {
      LOG.info("posted events can be kept again");
      away = false;
    }
  }

  private static void refuse(HttpServerRequest request, int status, String why) {
    if (!request.response().ended()) {
      request.response().setStatusCode(status).putHeader("Content-Type", "text/plain");
      request.response().end(why + "\n");
    }
  }

  /** What came of a request so far. What comes after it was refused is thrown away. */
  private final class Body {
    private final HttpServerRequest request;
    private final Chunks bytes = new Chunks();
    private boolean released;

    Body(HttpServerRequest request) {
      this.request = request;
    }

    void add(Buffer chunk) {
      if (released) {
        return;
      }
      held += chunk.length();
      bytes.append(chunk.getBytes());
      if (bytes.length() > LARGEST) {
        release();
        refuse(request, 413, "a body of more than " + LARGEST + " bytes");
      } else if (held > AT_ONCE) {
        release();
        refuse(request, 503, "too much at once: send it again");
      }
    }

    void release() {
      if (!released) {
        held -= bytes.length();
        released = true;
        bytes.forget(bytes.length());
      }
    }
  }
}
