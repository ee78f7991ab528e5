package io.stridewatch.deploy;

import io.stridewatch.stream.AlertsTopic;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Where alerts are told, and what goes wrong there at random, by a seed. */
abstract sealed class DeliveryTarget implements AutoCloseable {
  final DeliveryTally tally;
  final Random random = new Random(8);
  final AtomicLong faults = new AtomicLong();

  private DeliveryTarget(int alerts) {
    tally = new DeliveryTally(alerts);
  }

  /** The sink's kind and address. */
  abstract String address();

  /** Whether each alert must be there once and no more. */
  abstract boolean once();

  /** Whether it keeps an order that could be wrong: an index has none. */
  boolean ordered() {
    return true;
  }

  /** Whether its sink may be killed as well: what syslog was told just before is then gone. */
  boolean kills() {
    return true;
  }

  /** Looks at what lies there in the end. */
  void look() throws Exception {}

  @Override
  public void close() throws IOException {}

  /** The target of that kind. */
  static DeliveryTarget of(String kind, int alerts, AlertsTopic topic, Path directory)
      throws Exception {
    return switch (kind) {
      case "file" -> new File(alerts, directory.resolve("told"));
      case "kafka" -> new Topic(alerts, topic);
      case "webhook" -> new Http(alerts, false);
      case "elasticsearch" -> new Http(alerts, true);
      case "syslog" -> new Syslog(alerts);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Rotated; only the writer's death goes wrong. */
  private static final class File extends DeliveryTarget {
    private final Path folder;

    File(int alerts, Path folder) throws IOException {
      super(alerts);
      this.folder = Files.createDirectories(folder);
    }

    @Override
    String address() {
      return "file=" + folder.resolve("alerts.jsonl") + "#max=20MiB&keep=100000";
    }

    @Override
    boolean once() {
      return true;
    }

    /** Those that were moved away sort by time; the one that is written is the newest. */
    @Override
    void look() throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> all = new ArrayList<>(files.sorted().toList());
        all.add(all.remove(0));
        for (Path file : all) {
          try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(tally::see);
          }
        }
      }
    }
  }

  /** A topic of the same cluster; its writer dies in its transactions. */
  private static final class Topic extends DeliveryTarget {
    private final AlertsTopic topic;

    Topic(int alerts, AlertsTopic topic) throws Exception {
      super(alerts);
      this.topic = topic;
      topic.make("told");
    }

    @Override
    String address() {
      return "kafka=told";
    }

    @Override
    boolean once() {
      return true;
    }

    @Override
    void look() throws Exception {
      topic.read("told", tally::see);
    }
  }

  /** Answers 503, hangs up before or after it took a request, or gives half an answer. */
  private static final class Http extends DeliveryTarget {
    private final Vertx vertx = Vertx.vertx();
    private final boolean bulk;
    private final HttpServer server;

    Http(int alerts, boolean bulk) {
      super(alerts);
      this.bulk = bulk;
      server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"));
      server.requestHandler(request -> request.body().onSuccess(body -> take(request, body)));
      server.listen(0).toCompletionStage().toCompletableFuture().join();
    }

    @Override
    String address() {
      String place = "http://127.0.0.1:" + server.actualPort();
      return bulk
          ? "elasticsearch=" + place + "/alerts#form=json&timeout=5"
          : "webhook=" + place + "/in#timeout=5";
    }

    /** A document has its alert's id. */
    @Override
    boolean once() {
      return bulk;
    }

    @Override
    boolean ordered() {
      return !bulk;
    }

    private void take(HttpServerRequest request, Buffer body) {
      int fault = random.nextInt(bulk ? 80 : 4_000);
      faults.addAndGet(fault < 4 ? 1 : 0);
      if (fault == 0) {
        request.response().setStatusCode(503).end();
      } else if (fault == 1) {
        request.connection().close();
      } else {
        String answer = bulk ? created(body.toString()) : told(body.toString());
        answer(request, answer, fault);
      }
    }

    private static void answer(HttpServerRequest request, String answer, int fault) {
      HttpServerResponse response = request.response();
      if (fault == 2) {
        request.connection().close();
      } else if (fault == 3) {
        response.putHeader("Content-Length", Integer.toString(answer.length()));
        response
            .write(answer.substring(0, answer.length() / 2))
            .onComplete(written -> request.connection().close());
      } else {
        response.end(answer);
      }
    }

    private String told(String body) {
      tally.see(body);
      return "taken";
    }

    private String created(String body) {
      List<String> items = new ArrayList<>();
      String[] lines = body.split("\n");
      for (int i = 1; i < lines.length; i += 2) {
        items.add("{\"create\":{\"status\":" + create(lines[i]) + "}}");
      }
      return "{\"items\":[" + String.join(",", items) + "]}";
    }

    /** One of many is busy; the same id again is a conflict, and no second document. */
    private int create(String document) {
      if (random.nextInt(5_000) == 0) {
        faults.incrementAndGet();
        return 429;
      }
      return tally.fresh(document) ? 201 : 409;
    }

    @Override
    public void close() {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Octet counting (RFC 6587) over TCP; cuts connections, and with them what it has not read. */
  private static final class Syslog extends DeliveryTarget {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    private final int often;

    /** A break has up to 32 MiB written again: a few must come through between two. */
    Syslog(int alerts) throws IOException {
      super(alerts);
      often = alerts * 2 / 3;
      Thread thread = new Thread(this::listen, "syslog target");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    String address() {
      return "syslog=tcp://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    boolean once() {
      return false;
    }

    @Override
    boolean kills() {
      return false;
    }

    private void listen() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
          while (random.nextInt(often) != 0) {
            tally.see(frame(in));
          }
          faults.incrementAndGet();
        } catch (EOFException e) {
          // The sink ended it.
        } catch (IOException e) {
          if (!server.isClosed()) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }

    private static String frame(InputStream in) throws IOException {
      int length = 0;
      for (int c = in.read(); c != ' '; c = in.read()) {
        if (c < 0) {
          throw new EOFException();
        }
        length = length * 10 + c - '0';
      }
      return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
