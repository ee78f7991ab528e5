package io.stridewatch.collector.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Emitter;
import io.stridewatch.JsonLine;
import io.stridewatch.collector.CursorFile;
import io.stridewatch.collector.Gap;
import io.stridewatch.collector.LossCollector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many audit events an API server has lost: a batch can vanish before it is sent, and nothing
 * else says so ({@code apiserver_audit_error_total}, {@code
 * apiserver_audit_requests_rejected_total}). Several servers may answer at one address, each with
 * counts of its own: they are told apart by when they began, at most {@value #SERVERS} of them.
 * What a server lost before it was first asked is told only when it began since the last answer.
 */
public final class ApiServerLoss implements LossCollector.Question {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServerLoss.class);
  private static final int SERVERS = 16;

  private final Page page;
  private final String address;
  private final String cluster;
  private final Path cursorFile;
  private final InstantSource clock;

  /** What is asked. */
  interface Page {
    InputStream open() throws IOException;
  }

  /**
   * At an address.
   *
   * @param cluster what the gaps are told of
   * @param cursorFile where the last answers are kept over a restart
   */
  public ApiServerLoss(
      MetricsAddress address, String cluster, Path cursorFile, InstantSource clock) {
    this(address::open, address.uri().toString(), cluster, cursorFile, clock);
  }

  ApiServerLoss(Page page, String address, String cluster, Path cursorFile, InstantSource clock) {
    this.page = page;
    this.address = address;
    this.cluster = cluster;
    this.cursorFile = cursorFile;
    this.clock = clock;
  }

  @Override
  public void ask(Emitter emitter) throws IOException, InterruptedException {
    AuditCounts counts;
    try (InputStream in = page.open()) {
      counts = AuditCounts.read(in);
    }
    Instant now = clock.instant();
    JsonNode last = CursorFile.read(cursorFile);
    if (last != null) {
      Map<String, Long> more = more(counts, last);
      if (!more.isEmpty()) {
        tell(gap(more, counts, Instant.parse(last.path("time").asText()), now), emitter);
      }
    }
    CursorFile.write(cursorFile, cursor(counts, last, now));
  }

  /** What has grown since the server was asked last, or since it began. */
  private static Map<String, Long> more(AuditCounts counts, JsonNode last) {
    JsonNode before = last.path("servers").path(String.valueOf(counts.start()));
    boolean young = counts.start() >= Instant.parse(last.path("time").asText()).getEpochSecond();
    Map<String, Long> more = new TreeMap<>();
    if (before.isObject() || young) {
      counts
          .failed()
          .forEach(
              (what, count) -> {
                long grown = count - before.path(what).asLong();
                if (grown > 0) {
                  more.put(what, grown);
                }
              });
    }
    return more;
  }

  private Gap gap(Map<String, Long> more, AuditCounts counts, Instant from, Instant now) {
    long lost =
        more.entrySet().stream()
            .filter(each -> !each.getKey().equals(AuditCounts.REJECTED))
            .mapToLong(Map.Entry::getValue)
            .sum();
    String why =
        more.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", ", "the API server could not audit: ", ""));
    return new Gap(
        "kubernetes", from, now, lost, why + "; events since its start: " + counts.events());
  }

  private void tell(Gap gap, Emitter emitter) throws IOException, InterruptedException {
    LOG.warn(
        "the API server lost audit events: events={} from={} to={} why={}",
        gap.lost(),
        gap.from(),
        gap.to(),
        gap.why());
    emitter.emit(List.of(gap.record(address, cluster)));
  }

  /** The answer, and those of the other servers, the newest of which are kept. */
  private static JsonLine cursor(AuditCounts counts, JsonNode last, Instant now) {
    JsonLine cursor = CursorFile.begin().key("time").text(now.toString()).key("servers").open('{');
    server(cursor, counts.start(), counts.failed());
    if (last != null) {
      last.path("servers").properties().stream()
          .filter(each -> !each.getKey().equals(String.valueOf(counts.start())))
          .limit(SERVERS - 1)
          .forEach(each -> server(cursor, Long.parseLong(each.getKey()), counts(each.getValue())));
    }
    return cursor.close('}');
  }

  private static void server(JsonLine cursor, long start, Map<String, Long> failed) {
    cursor.key(String.valueOf(start)).open('{');
    new TreeMap<>(failed).forEach((what, count) -> cursor.key(what).number((long) count));
    cursor.close('}');
  }

  private static Map<String, Long> counts(JsonNode failed) {
    Map<String, Long> counts = new TreeMap<>();
    failed.properties().forEach(each -> counts.put(each.getKey(), each.getValue().asLong()));
    return counts;
  }
}
