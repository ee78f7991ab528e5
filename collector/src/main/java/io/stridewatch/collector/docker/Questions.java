package io.stridewatch.collector.docker;

import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.collector.JsonSlices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Asks the engine at once what its events don't say: a container that is removed at once can be
 * asked about for milliseconds only. More askers than containers start at once, because an answer
 * waits for the lock that a start holds. What is not answered in time is marked missing.
 */
final class Questions implements AutoCloseable {
  static final int ASKERS = 16;

  private static final int MOST_WAITING = 10_000;
  private static final Set<String> ABOUT_CONTAINER = Set.of("create", "start", "update", "rename");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");

  private final Engine engine;
  private final AuthzCollector authz;
  private final InstantSource clock;
  private final Duration patience;
  private final ThreadPoolExecutor askers =
      new ThreadPoolExecutor(
          ASKERS,
          ASKERS,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> new Thread(task, "docker inspect"));

  /** Asks that engine, and its authorisation plug-in when that is not null. */
  Questions(Engine engine, AuthzCollector authz, InstantSource clock, Duration patience) {
    this.engine = engine;
    this.authz = authz;
    this.clock = clock;
    this.patience = patience;
    askers.allowCoreThreadTimeOut(true);
  }

  /**
   * The facts of an event, a line each, to come within the patience; null when there is nothing to
   * ask.
   */
  CompletableFuture<byte[]> about(AuditEvent event) {
    String path = path(event);
    if (path == null) {
      return null;
    }
    boolean created = authz != null && one(event.values("Action")).equals("create");
    CompletableFuture<byte[]> heard = created ? authz.made(one(event.values("Actor.ID"))) : null;
    CompletableFuture<byte[]> inspected = inspected(path);
    return heard == null ? inspected : inspected.thenCombine(heard, Questions::lines);
  }

  private static byte[] lines(byte[] inspected, byte[] heard) {
    if (heard == null) {
      return inspected;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream(inspected.length + heard.length + 1);
    lines.writeBytes(inspected);
    lines.write('\n');
    lines.writeBytes(heard);
    return lines.toByteArray();
  }

  private CompletableFuture<byte[]> inspected(String path) {
    Instant asked = clock.instant();
    String late = "no answer within " + patience.toSeconds() + " s";
    try {
      return CompletableFuture.supplyAsync(() -> ask(path, asked), askers)
          .exceptionally(failure -> missing(asked, "the question failed"))
          .completeOnTimeout(missing(asked, late), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(missing(asked, "too many questions at once"));
    }
  }

  /**
   * An exec is asked by its own id, which a label of the container can forge: then it is missing.
   */
  private static String path(AuditEvent event) {
    if (!event.values("Type").contains("container")) {
      return null;
    }
    String action = one(event.values("Action"));
    String container = one(event.values("Actor.ID"));
    String exec = one(event.values("Actor.Attributes.execID"));
    if (ABOUT_CONTAINER.contains(action) && ID.matcher(container).matches()) {
      return "/containers/" + container + "/json";
    }
    return action.startsWith("exec_create:") && ID.matcher(exec).matches()
        ? "/exec/" + exec + "/json"
        : null;
  }

  private static String one(List<String> values) {
    return values.size() == 1 ? values.get(0) : "";
  }

  private byte[] ask(String path, Instant asked) {
    try {
      Engine.Answer answer = engine.ask(path);
      JsonLine fact = fact(asked).key("status").number((long) answer.status());
      return answer.status() == 200 ? with(fact, answer.body()) : bytes(fact.close('}').toString());
    } catch (IOException e) {
      return missing(asked, "the engine did not answer");
    }
  }

  private static byte[] with(JsonLine fact, byte[] body) {
    int end = body.length;
    while (end > 0 && body[end - 1] <= ' ' && body[end - 1] >= 0) {
      end--;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(end + 100);
    line.writeBytes(bytes(fact + ",\"body\":"));
    line.writeBytes(JsonSlices.oneLine(body, 0, end));
    line.write('}');
    return line.toByteArray();
  }

  private static byte[] missing(Instant asked, String why) {
    return bytes(fact(asked).key("missing").text(why).close('}').toString());
  }

  private static JsonLine fact(Instant asked) {
    JsonLine fact = new JsonLine().open('{').key("fact").text("inspect");
    return fact.key("asked").text(Times.text(asked));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    askers.shutdownNow();
  }
}
