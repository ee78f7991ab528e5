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
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks the engine at once what its events don't say: a container that is removed at once can be
 * asked about for milliseconds only. More askers than containers start at once, because an answer
 * waits for the lock that a start holds. What is not answered in time is marked missing.
 */
final class Questions implements AutoCloseable {
  static final int ASKERS = 16;

  private static final int MOST_WAITING = 10_000;
  private static final Set<String> ABOUT_CONTAINER = Set.of("create", "start", "update", "rename");
  private static final Set<String> ABOUT_IMAGE = Set.of("tag", "load", "import", "pull", "save");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,300}");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");

  private final Engine engine;
  private final DaemonFacts daemon;
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
  Questions(
      Engine engine,
      DaemonFacts daemon,
      AuthzCollector authz,
      InstantSource clock,
      Duration patience) {
    this.engine = engine;
    this.daemon = daemon;
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
    CompletableFuture<byte[]> facts = event.values("Type").contains("daemon") ? ofDaemon() : null;
    for (String path : paths(event)) {
      CompletableFuture<byte[]> fact = inspected(path);
      facts = facts == null ? fact : facts.thenCombine(fact, Questions::lines);
    }
    boolean created = authz != null && one(event.values("Action")).equals("create");
    if (facts == null || !created || !event.values("Type").contains("container")) {
      return facts;
    }
    CompletableFuture<byte[]> heard = authz.made(one(event.values("Actor.ID")));
    return heard == null ? facts : facts.thenCombine(heard, Questions::lines);
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
    return answer(asked -> ask(path, asked));
  }

  /**
   * What an event of the daemon leaves out, with what the engine says of itself. Each has its own
   * time: an engine that does not answer hides no change of its file.
   */
  private CompletableFuture<byte[]> ofDaemon() {
    CompletableFuture<byte[]> facts =
        answer(asked -> Stream.of(daemon.read(asked)).reduce(Questions::lines).orElse(null));
    return inspected("/info").thenCombine(facts, Questions::lines);
  }

  private CompletableFuture<byte[]> answer(Function<Instant, byte[]> question) {
    Instant asked = clock.instant();
    String late = "no answer within " + patience.toSeconds() + " s";
    try {
      return CompletableFuture.supplyAsync(() -> question.apply(asked), askers)
          .exceptionally(failure -> missing(asked, "the question failed"))
          .completeOnTimeout(missing(asked, late), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(missing(asked, "too many questions at once"));
    }
  }

  /** What is asked after an event: nothing when its own line says all. */
  private static List<String> paths(AuditEvent event) {
    String action = one(event.values("Action"));
    String id = one(event.values("Actor.ID"));
    return switch (one(event.values("Type"))) {
      case "container" -> ofContainer(event, action, id);
      case "image" -> ABOUT_IMAGE.contains(action) ? ofImage(id) : List.of();
      case "volume" -> action.equals("create") ? path("/volumes/", id, "") : List.of();
      case "network" -> action.equals("create") ? path("/networks/", id, "") : List.of();
      case "plugin" -> action.equals("remove") ? List.of() : path("/plugins/", id, "/json");
      case "service" -> action.equals("remove") ? List.of() : path("/services/", id, "");
      default -> List.of();
    };
  }

  /**
   * An exec is asked by its own id, which a label of the container can forge: then it is missing.
   */
  private static List<String> ofContainer(AuditEvent event, String action, String container) {
    String exec = one(event.values("Actor.Attributes.execID"));
    if (ABOUT_CONTAINER.contains(action) && ID.matcher(container).matches()) {
      return List.of("/containers/" + container + "/json");
    }
    return action.startsWith("exec_create:") && ID.matcher(exec).matches()
        ? List.of("/exec/" + exec + "/json")
        : List.of();
  }

  private static List<String> ofImage(String image) {
    return Stream.of("/json", "/history")
        .flatMap(part -> path("/images/", image, part).stream())
        .toList();
  }

  /** A name that the engine could take for a path is not asked about. */
  private static List<String> path(String before, String name, String behind) {
    return NAME.matcher(name).matches() && !name.contains("..")
        ? List.of(before + name + behind)
        : List.of();
  }

  private static String one(List<String> values) {
    return values.size() == 1 ? values.get(0) : "";
  }

  private byte[] ask(String path, Instant asked) {
    try {
      Engine.Answer answer = engine.ask(path);
      JsonLine fact = fact(asked).key("status").number((long) answer.status());
      return answer.status() == 200
          ? with(fact.toString(), answer.body())
          : bytes(fact.close('}').toString());
    } catch (IOException e) {
      return missing(asked, "the engine did not answer");
    }
  }

  /** The line that follows an event with what the engine answered. */
  static byte[] answered(Instant asked, byte[] body) {
    return with(fact(asked).key("status").number(200L).toString(), body);
  }

  /** A fact's line, given up to before its body. */
  static byte[] with(String fact, byte[] body) {
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
