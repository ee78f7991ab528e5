package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AlertJson;
import io.stridewatch.Receipt;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import io.stridewatch.sink.FileAddress;
import io.stridewatch.sink.FileSink;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many alerts through each sink while its target fails at random, by a seed: none is lost, and none
 * is there twice where that is promised. {@code -Dstridewatch.alerts=1000000} for the whole size.
 */
@Timeout(3600)
class RandomFailuresIT {
  private static final int ALERTS = Integer.getInteger("stridewatch.alerts", 10_000);
  private static final long SEED = Long.getLong("stridewatch.seed", 8);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{32})\"");

  private final Random random = new Random(SEED);
  private final BitSet seen = new BitSet();

  /** The number of an alert's first telling; false when it was told before. */
  private synchronized boolean see(String text) {
    Matcher id = ID.matcher(text);
    assertTrue(id.find(), text);
    int number = Integer.parseInt(id.group(1), 16);
    boolean fresh = !seen.get(number);
    seen.set(number);
    return fresh;
  }

  private synchronized int count() {
    return seen.cardinality();
  }

  /** As a Reader does: what is not done comes again. */
  private static void deliver(Sink sink, int from, int to) {
    int failures = 0;
    for (int next = from; next < to; ) {
      int end = Math.min(to, next + sink.batch());
      List<StoredAlert> batch =
          IntStream.range(next, end).mapToObj(SampleAlerts::numbered).map(StoredAlert::of).toList();
      Receipt receipt = sink.deliver(batch);
      assertTrue(receipt.refused().isEmpty(), () -> receipt.refused().toString());
      failures = receipt.done() > 0 ? 0 : failures + 1;
      assertTrue(failures < 1000, () -> String.valueOf(receipt.later()));
      next += receipt.done();
    }
  }

  private static Target target(Kind kind, String address) {
    return kind.target(address);
  }

  @Test
  void elasticsearchHoldsEachAlertOnce() throws IOException {
    int[] created = {0};
    HttpTarget server = new HttpTarget(new HttpServerOptions());
    server.otherwise = (request, response) -> bulk(server, request, response, created);
    String url = "http://127.0.0.1:" + server.port() + "/alerts#form=json&timeout=5";
    try (server;
        Sink sink =
            new BatchSink(
                "es",
                new ElasticsearchBulk(target(Kind.ELASTICSEARCH, url), InstantSource.system()))) {
      deliver(sink, 0, ALERTS);
    }
    assertEquals(ALERTS, count());
    assertEquals(ALERTS, created[0]);
  }

  private void bulk(
      HttpTarget server, HttpServerRequest request, HttpServerResponse response, int[] created) {
    String[] lines = server.posts.remove(0).body().split("\n");
    int fault = random.nextInt(20);
    if (fault == 0) {
      response.setStatusCode(503).end();
      return;
    }
    if (fault == 1) {
      request.connection().close();
      return;
    }
    List<String> items = new ArrayList<>();
    for (int i = 1; i < lines.length; i += 2) {
      items.add("{\"create\":{\"status\":" + create(lines[i], created) + "}}");
    }
    String answer = "{\"items\":[" + String.join(",", items) + "]}";
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

  private int create(String document, int[] created) {
    if (random.nextInt(1000) == 0) {
      return 429;
    }
    boolean fresh = see(document);
    created[0] += fresh ? 1 : 0;
    return fresh ? 201 : 409;
  }

  @Test
  void aWebhookIsToldEachAlertInOrder() throws IOException {
    List<Integer> first = new ArrayList<>();
    HttpTarget server = new HttpTarget(new HttpServerOptions());
    server.otherwise = (request, response) -> take(server, request, response, first);
    String url = "http://127.0.0.1:" + server.port() + "/in#timeout=5";
    int alerts = ALERTS / 5;
    try (server;
        Sink sink = new WebhookSink("hook", target(Kind.WEBHOOK, url), InstantSource.system())) {
      deliver(sink, 0, alerts);
    }
    assertEquals(IntStream.range(0, alerts).boxed().toList(), first);
  }

  private void take(
      HttpTarget server,
      HttpServerRequest request,
      HttpServerResponse response,
      List<Integer> first) {
    String body = server.posts.remove(0).body();
    int fault = random.nextInt(40);
    if (fault == 0) {
      response.setStatusCode(500).end();
      return;
    }
    if (fault == 1) {
      request.connection().close();
      return;
    }
    if (see(body)) {
      first.add(number(body));
    }
    if (fault == 2) {
      request.connection().close();
    } else if (fault == 3) {
      HttpTarget.halfAnAnswer().accept(request, response);
    } else {
      response.end();
    }
  }

  private static int number(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return Integer.parseInt(json.path("id").asText(), 16);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void syslogOverTcpLosesNothingOfConnectionsThatAreCut() throws IOException {
    try (SyslogReceiver server = new SyslogReceiver(new NetServerOptions());
        Sink sink =
            Kind.SYSLOG.open("s", target(Kind.SYSLOG, "tcp://127.0.0.1:" + server.port()))) {
      int step = Math.max(1, ALERTS / 20);
      for (int from = 0; from < ALERTS; from += step) {
        deliver(sink, from, Math.min(ALERTS, from + step));
        if (random.nextBoolean()) {
          server.connection().close();
        }
      }
      while (count() < ALERTS) {
        see(server.next(1).get(0));
      }
    }
    assertEquals(ALERTS, count());
  }

  @Test
  void aFileHasEachAlertOnceThoughItsWriterIsKilledInTheMidstOfALine(@TempDir Path folder)
      throws IOException {
    FileAddress address = FileAddress.of(folder.resolve("alerts.jsonl") + "#max=1MiB&keep=999999");
    int acknowledged = 0;
    while (acknowledged < ALERTS) {
      int written = Math.min(ALERTS, acknowledged + 1 + random.nextInt(1000));
      try (Sink sink = FileSink.open("file", address, InstantSource.system())) {
        deliver(sink, acknowledged, written);
      }
      tear(address.path(), written);
      // A batch at most was written and not acknowledged.
      acknowledged =
          written == ALERTS
              ? written
              : written - random.nextInt(Math.min(256, written - acknowledged + 1));
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    int lines = 0;
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        if (line.endsWith("}")) {
          see(line);
          lines++;
        }
      }
    }
    assertEquals(ALERTS, count());
    assertEquals(ALERTS, lines);
  }

  /** As a kill in the midst of a write leaves it. */
  private void tear(Path file, int next) throws IOException {
    String line = AlertJson.line(SampleAlerts.numbered(next));
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.APPEND)) {
      byte[] torn = line.substring(0, random.nextInt(line.length() - 1)).getBytes();
      out.write(java.nio.ByteBuffer.wrap(torn));
    }
  }
}
