package io.stridewatch.collector.auditd;

import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Gap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an audit log admits to be missing, node by node: serial numbers that did not come within 5 s
 * of event time (events lie out of order by less), the time while auditd did not run, the time
 * while auditing was off. Each node's missing serials are told together, once a minute at most. One
 * thread; at most 4,096 nodes.
 */
final class AuditGaps {
  private static final Duration OUT_OF_ORDER = Duration.ofSeconds(5);
  private static final Duration TOLD_EVERY = Duration.ofMinutes(1);
  private static final int NODES = 4096;
  private static final int RANGES = 1000;

  /** So far back go no serials but those of a new boot. */
  private static final long BOOT = 100_000;

  private final Map<String, Node> nodes = new HashMap<>();
  private final List<byte[]> found = new ArrayList<>();

  /** Serials that are missing, from one to another, between two times. */
  private record Range(long to, Instant before, Instant after) {}

  private static final class Node {
    private final TreeMap<Long, Range> missing = new TreeMap<>();
    private long last = -1;
    private Instant newest = Instant.EPOCH;
    private Instant off;
    private Instant told = Instant.EPOCH;
    private boolean ended;
  }

  /** Takes an event that was put together. */
  void event(SourceRecord record) {
    if (!nodes.containsKey(record.scope()) && nodes.size() == NODES) {
      return;
    }
    Node node = nodes.computeIfAbsent(record.scope(), scope -> new Node());
    String text = new String(record.value(), StandardCharsets.ISO_8859_1);
    String type = type(text);
    if (type.startsWith("DAEMON_")) {
      daemon(node, type, record.time());
      return;
    }
    if (type.equals("CONFIG_CHANGE")) {
      config(node, text, record.time());
    }
    serial(node, serial(record.id()), record.time());
    node.newest = record.time().isAfter(node.newest) ? record.time() : node.newest;
    tell(node);
  }

  private static String type(String text) {
    int from = text.startsWith("type=") ? 0 : text.indexOf(" type=") + 1;
    int to = text.indexOf(' ', from);
    return to < 0 ? "" : text.substring(from + "type=".length(), to);
  }

  private static long serial(String id) {
    int from = id.lastIndexOf(':') + 1;
    int to = from;
    while (to < id.length() && Character.isDigit(id.charAt(to)) && to - from < 18) {
      to++;
    }
    return from == to ? -1 : Long.parseLong(id.substring(from, to));
  }

  private void daemon(Node node, String type, Instant time) {
    if (type.equals("DAEMON_END") || type.equals("DAEMON_ABORT")) {
      node.ended = true;
      node.newest = time;
    } else if (type.equals("DAEMON_START")) {
      if (node.last >= 0 || node.ended) {
        String how = node.ended ? "" : ", and was not ended in order";
        gap(node.newest, time, 0, "auditd did not run" + how);
      }
      node.ended = false;
      node.last = -1;
      node.missing.clear();
    }
  }

  private void config(Node node, String text, Instant time) {
    if (text.contains(" audit_enabled=0 ")) {
      node.off = time;
    } else if (node.off != null && text.contains(" audit_enabled=")) {
      gap(node.off, time, 0, "auditing was switched off");
      node.off = null;
    }
  }

  private static void serial(Node node, long serial, Instant time) {
    if (serial < 0) {
      return;
    }
    if (node.last < 0 || serial < node.last - BOOT) {
      node.missing.clear();
      node.last = serial;
    } else if (serial > node.last) {
      if (serial > node.last + 1 && node.missing.size() < RANGES) {
        node.missing.put(node.last + 1, new Range(serial - 1, node.newest, time));
      }
      node.last = serial;
    } else {
      fill(node, serial);
    }
  }

  private static void fill(Node node, long serial) {
    Map.Entry<Long, Range> gap = node.missing.floorEntry(serial);
    if (gap == null || gap.getValue().to < serial) {
      return;
    }
    Range range = gap.getValue();
    node.missing.remove(gap.getKey());
    if (gap.getKey() < serial) {
      node.missing.put(gap.getKey(), new Range(serial - 1, range.before, range.after));
    }
    if (serial < range.to) {
      node.missing.put(serial + 1, range);
    }
  }

  private void tell(Node node) {
    if (node.missing.isEmpty() || node.newest.isBefore(node.told.plus(TOLD_EVERY))) {
      return;
    }
    Instant ripe = node.newest.minus(OUT_OF_ORDER);
    long lost = 0;
    Instant from = null;
    Instant to = null;
    for (var ranges = node.missing.entrySet().iterator(); ranges.hasNext(); ) {
      Map.Entry<Long, Range> range = ranges.next();
      if (range.getValue().after.isBefore(ripe)) {
        lost += range.getValue().to - range.getKey() + 1;
        from = from == null ? range.getValue().before : from;
        to = range.getValue().after;
        ranges.remove();
      }
    }
    if (lost > 0) {
      node.told = node.newest;
      gap(from, to, lost, "audit serial numbers are missing");
    }
  }

  private void gap(Instant from, Instant to, long lost, String why) {
    found.add(new Gap("auditd", from, to, lost, why).raw());
  }

  /** What was found since the last call, each the raw value of a record. */
  List<byte[]> take() {
    List<byte[]> taken = List.copyOf(found);
    found.clear();
    return taken;
  }
}
