package io.stridewatch.collector.auditd;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.CursorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Up to which event, by node, time and serial, a stream was kept. Events lie out of order by less
 * than 10 s, so those of the last 10 s are known one by one: 5,000 of each node at most, and of 256
 * nodes. One thread.
 */
final class AuditPlace {
  private static final Duration OUT_OF_ORDER = Duration.ofSeconds(10);
  private static final int EVENTS = 5000;
  private static final int NODES = 256;

  private final Map<String, Node> nodes = new HashMap<>();

  /** The last events of a node, in the order in which they were kept. */
  private static final class Node {
    private final Deque<SourceTime> order = new ArrayDeque<>();
    private final Set<String> ids = new HashSet<>();
    private Instant newest = Instant.EPOCH;

    /** What is older was kept, or is not known any more. */
    private Instant from = Instant.EPOCH;
  }

  private record SourceTime(String id, Instant time) {}

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** An event that is safe. */
  void kept(SourceRecord event) {
    if (nodes.containsKey(event.scope()) || nodes.size() < NODES) {
      kept(nodes.computeIfAbsent(event.scope(), any -> new Node()), event.id(), event.time());
    }
  }

  private static void kept(Node node, String id, Instant time) {
    if (!node.ids.add(id)) {
      return;
    }
    node.order.add(new SourceTime(id, time));
    node.newest = time.isAfter(node.newest) ? time : node.newest;
    Instant old = node.newest.minus(OUT_OF_ORDER);
    node.from = old.isAfter(node.from) ? old : node.from;
    while (node.order.size() > EVENTS || isOld(node)) {
      SourceTime gone = node.order.remove();
      node.ids.remove(gone.id());
      node.from = gone.time().isAfter(node.from) ? gone.time() : node.from;
    }
  }

  private static boolean isOld(Node node) {
    return !node.order.isEmpty() && node.order.peek().time().isBefore(node.from);
  }

  /** Whether an event was not kept, as far as is known; of another node all since then were not. */
  boolean lacks(SourceRecord event) {
    Node node = nodes.get(event.scope());
    return node == null
        ? !event.time().isBefore(since())
        : !event.time().isBefore(node.from) && !node.ids.contains(event.id());
  }

  /** From when on there may be events that were not kept, on any node. */
  Instant since() {
    return nodes.values().stream()
        .map(node -> node.from)
        .min(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /** The newest event that was kept. */
  Instant newest() {
    return nodes.values().stream()
        .map(node -> node.newest)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /** What was written down; nothing when nothing was. */
  static AuditPlace read(Path file) throws IOException {
    AuditPlace place = new AuditPlace();
    JsonNode json = CursorFile.read(file);
    if (json == null) {
      return place;
    }
    for (Map.Entry<String, JsonNode> each : json.path("nodes").properties()) {
      Node node = new Node();
      node.from = Instant.parse(each.getValue().path("from").asText());
      each.getValue()
          .path("events")
          .properties()
          .forEach(event -> kept(node, event.getKey(), Instant.parse(event.getValue().asText())));
      place.nodes.put(each.getKey(), node);
    }
    return place;
  }

  void write(Path file) throws IOException {
    JsonLine json = CursorFile.begin().key("nodes").open('{');
    nodes.forEach(
        (name, node) -> {
          json.key(name).open('{').key("from").text(node.from.toString()).key("events").open('{');
          node.order.forEach(event -> json.key(event.id()).text(event.time().toString()));
          json.close('}').close('}');
        });
    CursorFile.write(file, json.close('}'));
  }
}
