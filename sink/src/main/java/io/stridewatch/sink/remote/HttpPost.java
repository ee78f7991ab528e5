package io.stridewatch.sink.remote;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Posts to one URL over one connection that is kept, HTTP/2 where TLS agrees on it, else HTTP/1.1.
 * One request at a time. Redirects are not followed: they would take secrets elsewhere. A host's
 * name must be in its certificate.
 */
final class HttpPost implements AutoCloseable {
  private static final int LONGEST_ANSWER = 2 << 20;

  private final Loop loop = new Loop();
  private final Target target;
  private final String url;
  private final Credentials credentials;
  private final RetryAfter retryAfter;
  private final HttpClient client;

  HttpPost(Target target, String url, InstantSource clock) throws IOException {
    this.target = target;
    this.url = url;
    try {
      credentials = Credentials.of(target);
      client = loop.vertx().createHttpClient(options(target), new PoolOptions().setHttp1MaxSize(1));
    } catch (IOException e) {
      loop.close();
      throw e;
    }
    retryAfter = new RetryAfter(clock);
  }

  private static HttpClientOptions options(Target target) throws IOException {
    HttpClientOptions options = new HttpClientOptions().setIdleTimeout(60);
    options.setConnectTimeout((int) target.timeout().toMillis());
    Tls.set(options, target);
    String version = target.options().getOrDefault("http", target.secure() ? "2" : "1.1");
    if (version.equals("2")) {
      options.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
      options.setUseAlpn(target.secure());
    }
    return options;
  }

  /**
   * Posts and waits for the whole answer.
   *
   * @throws IOException when there is none in time, or the target wanted to be left alone until
   *     later
   */
  Answer post(byte[] body, String contentType) throws IOException {
    return post(body, contentType, Map.of());
  }

  /** With headers of its kind. */
  Answer post(byte[] body, String contentType, Map<String, String> more) throws IOException {
    return post(url, body, contentType, more);
  }

  /** The same to another address of the same target. */
  Answer post(String url, byte[] body, String contentType, Map<String, String> more)
      throws IOException {
    retryAfter.check(target.place());
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set("Content-Type", contentType).set("User-Agent", "stridewatch").addAll(more);
    credentials.add(headers, body);
    Answer answer = exchange(url, body, headers);
    retryAfter.accept(answer.retryAfter());
    return answer;
  }

  private Answer exchange(String url, byte[] body, MultiMap headers) throws IOException {
    RequestOptions request =
        new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url).setHeaders(headers);
    AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
    Future<Answer> answer =
        client
            .request(request)
            .compose(
                ready -> {
                  sent.set(ready);
                  return ready.send(Buffer.buffer(body)).compose(this::answer);
                });
    Duration patience = target.timeout();
    try {
      return Loop.await(answer, patience, "cannot post to " + target.place());
    } finally {
      if (!answer.isComplete() && sent.get() != null) {
        sent.get().reset();
      }
    }
  }

  private Future<Answer> answer(HttpClientResponse response) {
    Promise<Answer> whole = Promise.promise();
    Buffer text = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        part -> {
          text.appendBuffer(part);
          if (text.length() > LONGEST_ANSWER) {
            whole.tryComplete(answer(response, text.getBuffer(0, LONGEST_ANSWER)));
            response.request().reset();
          }
        });
    response.endHandler(end -> whole.tryComplete(answer(response, text)));
    return whole.future();
  }

  private Answer answer(HttpClientResponse response, Buffer text) {
    return new Answer(
        target.place(), response.statusCode(), response.getHeader("Retry-After"), text.toString());
  }

  /** Idempotent. */
  @Override
  public void close() throws IOException {
    loop.close();
  }
}
