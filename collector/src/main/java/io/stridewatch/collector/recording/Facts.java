package io.stridewatch.collector.recording;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.event.Decoders;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts that wait for the events that they belong to. An answer of the engine belongs to the event
 * after which it was asked, told by container and time; the answer to a creation to the container's
 * create; what {@code docker inspect} printed to the container's create and start. Holds 256 MiB;
 * the oldest go first.
 */
final class Facts {
  private static final long MOST_BYTES = 256L << 20;

  /** A recording named twice tells an event again at once, or after few that are out of order. */
  private static final long MOST_GIVEN = 16L << 20;

  private final Map<String, List<byte[]>> waiting = new LinkedHashMap<>();
  private final Map<String, List<byte[]>> given = new LinkedHashMap<>();
  private long givenBytes;
  private long bytes;
  private long unjoined;

  static String at(String container, long nanos) {
    return container + "@" + nanos;
  }

  static String created(String container) {
    return container + "@create";
  }

  static String always(String container) {
    return container;
  }

  /** A fact told twice is one: a file may be named twice. */
  void add(Fact fact) {
    List<byte[]> told = waiting.computeIfAbsent(fact.key(), key -> new ArrayList<>(1));
    if (told.stream().anyMatch(line -> Arrays.equals(line, fact.line()))) {
      return;
    }
    told.add(fact.line());
    told.sort(Arrays::compareUnsigned); // by what was asked when, not by which file was read first
    bytes += fact.line().length;
    Iterator<List<byte[]>> oldest = waiting.values().iterator();
    while (bytes > MOST_BYTES && oldest.hasNext()) {
      List<byte[]> lines = oldest.next();
      oldest.remove();
      unjoined += lines.size();
      release(lines);
    }
  }

  /** How much waits. */
  long bytes() {
    return bytes;
  }

  /** How many there were that belong to no event. */
  long unjoined() {
    long left = unjoined;
    for (Map.Entry<String, List<byte[]>> entry : waiting.entrySet()) {
      left += entry.getKey().indexOf('@') < 0 ? 0 : entry.getValue().size();
    }
    return left;
  }

  /** Whether facts may belong to the event, so that it is worth to read ahead for them. */
  static boolean wanted(AuditEvent event) {
    return event.source() == Source.DOCKER && !event.values("Type").contains("authz");
  }

  /**
   * The event with its facts, decoded anew; itself when there are none. Told twice, the same twice.
   */
  AuditEvent joined(AuditEvent event) {
    List<byte[]> lines = wanted(event) ? given(event) : List.of();
    if (lines.isEmpty()) {
      return event;
    }
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    raw.writeBytes(event.raw());
    for (byte[] line : lines) {
      raw.write('\n');
      raw.writeBytes(line);
    }
    return Decoders.decode(Source.DOCKER, event.scope(), raw.toByteArray());
  }

  private List<byte[]> given(AuditEvent event) {
    List<byte[]> before = given.get(event.id());
    if (before != null) {
      return before;
    }
    List<byte[]> lines = take(event);
    if (!lines.isEmpty()) {
      given.put(event.id(), lines);
      givenBytes += size(lines);
      Iterator<List<byte[]>> oldest = given.values().iterator();
      while (givenBytes > MOST_GIVEN) {
        givenBytes -= size(oldest.next());
        oldest.remove();
      }
    }
    return lines;
  }

  private static long size(List<byte[]> lines) {
    return lines.stream().mapToLong(line -> line.length).sum();
  }

  private List<byte[]> take(AuditEvent event) {
    String container = String.join("", event.values("Actor.ID"));
    String action = String.join("", event.values("Action"));
    List<byte[]> lines = new ArrayList<>(remove(at(container, event.nanos())));
    if (lines.isEmpty() && (action.equals("create") || action.equals("start"))) {
      lines.addAll(waiting.getOrDefault(always(container), List.of()));
    }
    if (action.equals("create")) {
      lines.addAll(remove(created(container)));
    }
    return lines;
  }

  private List<byte[]> remove(String key) {
    List<byte[]> lines = waiting.remove(key);
    if (lines == null) {
      return List.of();
    }
    release(lines);
    return lines;
  }

  private void release(List<byte[]> lines) {
    bytes -= size(lines);
  }
}
