package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of an engine as a collector meets: events since an instant, and answers. */
final class FakeEngine implements AutoCloseable {
  static final long BEGIN = 1_795_233_600_000_000_000L;

  /** An event and when it was. */
  private record Said(long nanos, String line) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<Said> events = new ArrayList<>();
  private volatile boolean exclusive;
  private int connections;
  private int epoch;

  FakeEngine() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.createContext("/events", this::stream);
    server.start();
  }

  String address() {
    return "tcp://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers GET of a container from now on; those without an answer are unknown. */
  void answer(String container, String json) {
    answers.put("/containers/" + container + "/json", json);
  }

  /** Answers GET of a path from now on. */
  void answerAt(String path, String json) {
    answers.put(path, json);
  }

  /** Is one that finds no event at the very time that it is asked for, as Podman. */
  void podman() {
    answerAt("/version", "{\"Components\":[{\"Name\":\"Podman Engine\"}]}");
    exclusive = true;
  }

  /** Has an event happen. */
  synchronized void say(long nanos, String line) {
    events.add(new Said(nanos, line));
    notifyAll();
  }

  /** Forgets all events so far and ends the streams, as a restart does. */
  synchronized void restart() {
    events.clear();
    epoch++;
    notifyAll();
  }

  /** Waits until somebody reads the events for the nth time. */
  synchronized void awaitReader(int nth) throws InterruptedException {
    while (connections < nth) {
      wait();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String json = answers.get(exchange.getRequestURI().getPath());
    if ("hang".equals(json)) {
      return;
    }
    byte[] body = (json == null ? "{\"message\":\"No such container\"}" : json).getBytes(UTF_8);
    exchange.sendResponseHeaders(json == null ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.flush();
      int next = begin(exchange.getRequestURI().getQuery());
      int mine = epoch;
      for (String line = next(next, mine); line != null; line = next(next, mine)) {
        body.write((line + "\n").getBytes(UTF_8));
        body.flush();
        next++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized int begin(String query) {
    connections++;
    notifyAll();
    if (query == null) {
      return events.size();
    }
    String[] since = query.substring("since=".length()).split("\\.");
    long nanos = Long.parseLong(since[0]) * 1_000_000_000L + Long.parseLong(since[1]);
    nanos += exclusive ? 1 : 0;
    int first = 0;
    while (first < events.size() && events.get(first).nanos() < nanos) {
      first++;
    }
    return first;
  }

  private synchronized String next(int index, int mine) throws InterruptedException {
    while (index >= events.size() && epoch == mine) {
      wait();
    }
    return epoch == mine ? events.get(index).line() : null;
  }

  @Override
  public void close() {
    synchronized (this) {
      epoch++;
      notifyAll();
    }
    threads.shutdownNow();
    server.stop(0);
  }
}
