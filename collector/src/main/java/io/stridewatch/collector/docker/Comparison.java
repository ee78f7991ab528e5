package io.stridewatch.collector.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells after a connection to the engine what its events don't: what the engine is ({@code info}
 * and {@code version}, and its {@link DaemonFacts}: a restart has no event), and what its
 * containers say of the time since the last event that was safe. One that was made since and whose
 * create did not come is told as {@code found}, one that ended and whose die did not come (as of
 * all that end while the engine is down) as {@code ended}, each with its inspect data and dated by
 * the engine's own account. On a thread of its own, a little after the connection, when what the
 * engine still had has come. Looks at 5,000 containers at most.
 */
final class Comparison implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONTAINERS = 5000;
  private static final int HEARD = 100_000;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private final Engine engine;
  private final DaemonFacts daemon;
  private final EventMark since;
  private final Pending pending;
  private final InstantSource clock;
  private final Duration delay;
  private final Set<String> heard = ConcurrentHashMap.newKeySet();

  /** What comes later is nobody's to compare. */
  private volatile boolean over;

  /**
   * Asks nothing yet.
   *
   * @param since the last event that was safe; null when there was none, and nothing to compare
   * @param pending takes what is told
   * @param delay after which the engine has said what it still had
   */
  Comparison(
      Engine engine,
      DaemonFacts daemon,
      EventMark since,
      Pending pending,
      InstantSource clock,
      Duration delay) {
    this.engine = engine;
    this.daemon = daemon;
    this.since = since;
    this.pending = pending;
    this.clock = clock;
    this.delay = delay;
  }

  /** An event came; any thread. */
  void heard(AuditEvent event) {
    if (over) {
      return;
    }
    String action = String.join("", event.values("Action"));
    boolean told = action.equals("create") || action.equals("die");
    if (told && heard.size() < HEARD && event.values("Type").contains("container")) {
      heard.add(action + " " + String.join("", event.values("Actor.ID")));
    }
  }

  @Override
  public void run() {
    try {
      engine();
      if (since != null) {
        TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        compare();
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("the engine's containers were not compared: why={}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      heard.clear();
    }
  }

  private void engine() throws IOException {
    Instant asked = clock.instant();
    byte[] info = body("/info");
    byte[] version = body("/version");
    if (info == null || version == null) {
      return;
    }
    JsonNode says = JSON.readTree(info);
    JsonLine line = event("daemon", "connected", says.path("ID").asText());
    line.key("name").text(says.path("Name").asText()).close('}').close('}');
    byte[][] engines = {Questions.answered(asked, info), Questions.answered(asked, version)};
    Stream<byte[]> facts = Stream.concat(Stream.of(engines), Stream.of(daemon.read(asked)));
    add(line, asked, "", facts.toArray(byte[][]::new));
  }

  private byte[] body(String path) throws IOException {
    Engine.Answer answer = engine.ask(path);
    return answer.status() == 200 ? answer.body() : null;
  }

  private void compare() throws IOException {
    byte[] list = body("/containers/json?all=1");
    int looked = 0;
    for (JsonNode one : list == null ? JSON.createArrayNode() : JSON.readTree(list)) {
      String id = one.path("Id").asText();
      if (ID.matcher(id).matches() && looked++ < CONTAINERS) {
        compare(id);
      }
    }
  }

  private void compare(String id) throws IOException {
    Instant asked = clock.instant();
    byte[] body = body("/containers/" + id + "/json");
    if (body == null) {
      return;
    }
    JsonNode container = JSON.readTree(body);
    Instant created = time(container.path("Created"));
    Instant ended = time(container.path("State").path("FinishedAt"));
    if (after(created) && !heard.contains("create " + id)) {
      tell("found", id, container, created, Questions.answered(asked, body));
    }
    if (after(ended) && !heard.contains("die " + id)) {
      tell("ended", id, container, ended, Questions.answered(asked, body));
    }
  }

  private boolean after(Instant time) {
    return time != null && Times.nanos(time) > since.nanos();
  }

  private static Instant time(JsonNode text) {
    try {
      return Instant.parse(text.asText());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private void tell(String action, String id, JsonNode container, Instant time, byte[] fact)
      throws IOException {
    JsonLine line = event("container", action, id);
    line.key("image").text(container.path("Config").path("Image").asText());
    line.key("name").text(container.path("Name").asText().replaceFirst("^/", ""));
    add(line.close('}').close('}'), time, id, fact);
  }

  /** In the form of the engine's own, with actions that it does not have. */
  private static JsonLine event(String type, String action, String id) {
    JsonLine line = new JsonLine().open('{').key("Type").text(type).key("Action").text(action);
    return line.key("Actor").open('{').key("ID").text(id).key("Attributes").open('{');
  }

  private void add(JsonLine line, Instant time, String subject, byte[]... facts)
      throws IOException {
    line.key("scope").text("local").key("time").number(time.getEpochSecond());
    line.key("timeNano").number(Times.nanos(time)).close('}');
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    raw.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
    for (byte[] fact : facts) {
      raw.write('\n');
      raw.writeBytes(fact);
    }
    pending.addBeside(raw.toByteArray(), subject);
  }
}
