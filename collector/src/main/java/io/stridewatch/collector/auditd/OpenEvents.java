package io.stridewatch.collector.auditd;

import io.stridewatch.collector.Position;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the events begin that an assembler still holds: the log is safe up to the first of them,
 * and after a crash has to be read again from there. One thread.
 */
final class OpenEvents {
  private static final byte[] NODE = bytes("node=");
  private static final byte[] STAMP = bytes("msg=audit(");
  private static final byte[] END = bytes("type=EOE ");

  private final Map<String, Position> begins = new LinkedHashMap<>();
  private Position end;

  /** A line is with the assembler. */
  void opened(byte[] line, int from, int to, Position start, Position behind) {
    end = behind;
    int stamp = find(line, from, to, STAMP);
    if (stamp >= 0 && find(line, from, stamp, END) < 0) {
      begins.putIfAbsent(event(line, from, to, stamp), start);
    }
  }

  /** The event that begins with these bytes is with the assembler no more. */
  void closed(byte[] raw) {
    int stamp = find(raw, 0, raw.length, STAMP);
    if (stamp >= 0) {
      begins.remove(event(raw, 0, raw.length, stamp));
    }
  }

  /** Up to where no open event has a line; null when nothing was read. */
  Position safe() {
    return begins.isEmpty() ? end : begins.values().iterator().next();
  }

  /** What records of one event share: node, time and serial. */
  private static String event(byte[] line, int from, int to, int stamp) {
    int close = stamp;
    while (close < to && line[close] != ')') {
      close++;
    }
    return node(line, from, stamp) + text(line, stamp, close);
  }

  private static String node(byte[] line, int from, int to) {
    int end = from;
    while (end < to && line[end] != ' ') {
      end++;
    }
    return find(line, from, Math.min(from + NODE.length, to), NODE) == from
        ? text(line, from, end)
        : "";
  }

  private static int find(byte[] line, int from, int to, byte[] sought) {
    for (int at = from; at + sought.length <= to; at++) {
      int same = 0;
      while (same < sought.length && line[at + same] == sought[same]) {
        same++;
      }
      if (same == sought.length) {
        return at;
      }
    }
    return -1;
  }

  private static String text(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
