package io.stridewatch.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.collector.PemTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerLossTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T05:00:00Z");

  @TempDir Path directory;
  private final MemoryEmitter kept = new MemoryEmitter();
  private Instant now = BEGIN;

  /** As kube-apiserver v1.34 writes it, shortened. */
  private static String page(Instant start, long webhook, long log, long rejected) {
    return """
        # HELP apiserver_audit_error_total [ALPHA] Counter of audit events that failed to be audited properly.
        # TYPE apiserver_audit_error_total counter
        apiserver_audit_error_total{plugin="webhook"} %d
        apiserver_audit_error_total{plugin="log"} %d
        # TYPE apiserver_audit_event_total counter
        apiserver_audit_event_total 1.2345e+04
        apiserver_audit_level_total{level="Metadata"} 812
        apiserver_audit_requests_rejected_total %d
        apiserver_request_total{code="200",verb="LIST",dry_run="x}\\"y"} 7
        process_start_time_seconds %d.25
        """
        .formatted(webhook, log, rejected, start.getEpochSecond());
  }

  private void look(String page) throws Exception {
    now = now.plusSeconds(30);
    look(() -> new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
  }

  /** Another one each time: a restart forgets nothing. */
  private void look(ApiServerLoss.Page page) throws Exception {
    new ApiServerLoss(page, "https://api", "lab", directory.resolve("metrics"), () -> now)
        .ask(kept);
  }

  private List<String> told() {
    return kept.records().stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .map(gap -> gap.replaceAll("^.*\"of\":", ""))
        .toList();
  }

  @Test
  void tellsWhatWasLostSinceItAskedLast() throws Exception {
    look(page(BEGIN, 400, 1, 0));
    look(page(BEGIN, 400, 1, 0));
    assertEquals(List.of(), told(), "what was lost before anybody asked has no bounds");
    look(page(BEGIN, 800, 2, 3));
    assertEquals(
        List.of(
            "\"kubernetes\",\"from\":\"2026-11-21T05:01:00.000000000Z\",\"to\":\"2026-11-21T05:01:30.000000000Z\","
                + "\"lost\":401,\"why\":\"the API server could not audit: log 1, rejected requests 3,"
                + " webhook 400; events since its start: 12345\"}"),
        told());
    assertEquals("lab", kept.records().get(0).scope());
  }

  @Test
  void countsAnewWhenTheServerWasRestarted() throws Exception {
    look(page(BEGIN.minusSeconds(900), 400, 0, 0));
    look(page(BEGIN.plusSeconds(50), 7, 0, 0));
    assertTrue(told().get(0).contains("\"lost\":7"), told().toString());
  }

  @Test
  void keepsServersBehindOneAddressApart() throws Exception {
    Instant first = BEGIN.minusSeconds(900);
    Instant second = BEGIN.minusSeconds(500);
    look(page(first, 400, 0, 0));
    look(page(second, 9, 0, 0));
    look(page(first, 400, 0, 0));
    look(page(second, 10, 0, 0));
    assertEquals(1, told().size());
    assertTrue(told().get(0).contains("\"lost\":1,"), told().toString());
  }

  @Test
  void refusesAPageThatIsNoApiServers() {
    String node = "process_start_time_seconds 1.7e+09\nnode_load1 0.2\n";
    IOException refused = assertThrows(IOException.class, () -> look(node));
    assertTrue(refused.getMessage().contains("apiserver_audit_event_total"));
  }

  @Test
  void passesOverHostileLines() throws Exception {
    String start = page(BEGIN, 1, 0, 0);
    look(start + "apiserver_audit_error_total{plugin=\"x\"} 1.2.3\n" + "a".repeat(200_000));
    look(start.replace("\"} 1\n", "\"} 3\n") + "apiserver_audit_error_total{plugin=\"\n");
    assertTrue(told().get(0).contains("\"lost\":2,"), told().toString());
  }

  @Test
  void asksAServerWithTheTokenThatItsFileHoldsNow() throws Exception {
    Path token = directory.resolve("token");
    long[] lost = {5};
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          boolean known =
              "Bearer second".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] page = page(BEGIN, lost[0], 0, 0).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 403, known ? page.length : -1);
          if (known) {
            exchange.getResponseBody().write(page);
          }
          exchange.close();
        });
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
      MetricsAddress address = new MetricsAddress(uri, new PemTls(null, null, null), "", token);
      Files.writeString(token, "first\n");
      IOException refused = assertThrows(IOException.class, () -> look(address::open));
      assertTrue(refused.getMessage().contains("answers 403: let who asks"), refused.getMessage());
      Files.writeString(token, "second\n");
      look(address::open);
      lost[0] = 6;
      look(address::open);
      assertTrue(told().get(0).contains("\"lost\":1,"), told().toString());
    } finally {
      server.stop(0);
    }
    IOException away = assertThrows(IOException.class, () -> look(() -> open(server)));
    assertTrue(away.getMessage().contains("refused"), away.getMessage());
  }

  private static InputStream open(HttpServer server) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    return new MetricsAddress(uri, new PemTls(null, null, null), "", null).open();
  }
}
