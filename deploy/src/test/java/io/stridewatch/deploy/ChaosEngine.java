package io.stridewatch.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Docker engine whose privileged containers come and go. Like the real one it keeps the newest
 * 256 events and no more; unlike it, it can always say what a container was given, so that each
 * creation that is seen must be an alert.
 */
public final class ChaosEngine implements AutoCloseable {
  static final int KEPT = 256;

  private static final String DEMO = "/io/stridewatch/deploy/demo/docker-";
  private static final String CONTAINER =
      "fd48689243483938c1e31279e276055daf6e53cb65c298cf6d51c2c3f6cfa009";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> life;
  private final String inspected;
  private final Deque<Said> kept = new ArrayDeque<>();
  private final List<Said> all = new ArrayList<>();

  /** An event: when, and as a record names it. */
  record Said(long nanos, String ref, String line) {}

  /** Listens on a loopback port. */
  public ChaosEngine() throws IOException {
    life = lines("events.jsonl").stream().filter(line -> line.contains(CONTAINER)).toList();
    inspected =
        lines("answers.jsonl").stream()
            .filter(line -> line.contains("/containers/" + CONTAINER))
            .findFirst()
            .map(line -> Told.alert(line).path("body").toString())
            .orElseThrow();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.createContext("/events", this::stream);
    server.start();
  }

  private static List<String> lines(String file) throws IOException {
    try (InputStream in = ChaosEngine.class.getResourceAsStream(DEMO + file);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines.lines().toList();
    }
  }

  /** {@code tcp://127.0.0.1:PORT}. */
  public String address() {
    return "tcp://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next event of the next container's life. */
  public synchronized void happens() {
    int number = all.size();
    String id = "%064x".formatted(0xc4a05_0000_0000L + number / life.size());
    long nanos = Math.max(now(), all.isEmpty() ? 0 : all.get(number - 1).nanos() + 1);
    String line =
        life.get(number % life.size())
            .replace(CONTAINER, id)
            .replaceFirst("\"time\":\\d+", "\"time\":" + nanos / 1_000_000_000)
            .replaceFirst("\"timeNano\":\\d+", "\"timeNano\":" + nanos);
    var json = Told.alert(line);
    String actor = json.path("Actor").path("ID").asText();
    String ref =
        nanos + "/" + json.path("Type").asText() + "/" + json.path("Action").asText() + "/" + actor;
    Said said = new Said(nanos, ref, line);
    all.add(said);
    kept.add(said);
    if (kept.size() > KEPT) {
      kept.poll();
    }
    notifyAll();
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** All that ever happened. */
  synchronized List<Said> all() {
    return List.copyOf(all);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String json = path.equals("/containers/json") ? "[]" : "{\"message\":\"not here\"}";
    if (path.matches(".*/containers/[0-9a-f]{64}/json")) {
      String id = path.replaceFirst(".*/([0-9a-f]{64})/.*", "$1");
      json = inspected.replace(CONTAINER, id);
    }
    byte[] body = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(json.startsWith("{\"message") ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.flush();
      long last = since(exchange.getRequestURI().getQuery()) - 1;
      while (true) {
        for (Said said : after(last)) {
          body.write((said.line() + "\n").getBytes(UTF_8));
          last = said.nanos();
        }
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized long since(String query) {
    return query == null
        ? now()
        : new BigDecimal(query.substring("since=".length())).movePointRight(9).longValue();
  }

  private synchronized List<Said> after(long nanos) throws InterruptedException {
    while (kept.isEmpty() || kept.peekLast().nanos() <= nanos) {
      wait();
    }
    return kept.stream().filter(said -> said.nanos() > nanos).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
