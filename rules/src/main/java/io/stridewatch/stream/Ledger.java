package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Format;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Where every record of one partition went. What changed is written to the ledger topic in the
 * transaction that made it change, so it is as true as the alerts are. One thread.
 */
final class Ledger {
  /** 2 tells which offset the group has: an older program would take that for the position. */
  static final int FORMAT = 2;

  /** Ticks come every 5 s: when none came for so long, nobody listened for silence either. */
  private static final long HOLE_MILLIS = 15_000;

  private static final String WHOLE = "partition";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int partition;
  private final Map<Row, LedgerEntry> entries = new HashMap<>();
  private final Set<LedgerEntry> changed = new LinkedHashSet<>();
  private long alerts;
  private long next = -1;
  private long committed = -1;
  private long gone;
  private long tick;
  private long resumed;

  private record Row(String scope, Source source) {}

  Ledger(int partition) {
    this.partition = partition;
  }

  /** The entry, which will be written with the next transaction. */
  LedgerEntry entry(String scope, Source source) {
    LedgerEntry entry =
        entries.computeIfAbsent(
            new Row(scope, source), row -> new LedgerEntry(partition, scope, source));
    changed.add(entry);
    return entry;
  }

  /** The number of the next alert of this partition, from 1. */
  long nextAlert() {
    return ++alerts;
  }

  /** All up to this offset is accounted for. */
  void position(long offset) {
    next = offset;
  }

  /** Offsets that Kafka had deleted before they were read. */
  void gone(long offsets) {
    gone += offsets;
  }

  /** Where to go on; -1 when nothing was ever read. */
  long position() {
    return next;
  }

  /** The group is told this offset, in the transaction that writes the ledger next. */
  void committed(long offset) {
    committed = offset;
  }

  /**
   * Where to go on. The ledger is exact, and the group may be a moment behind it; one that has
   * another offset than it was told last was moved by an operator, or told by an older program.
   *
   * @param group the offset that the group has, or -1
   * @return -1 when nothing was ever read
   */
  long next(long group) {
    return group < 0 || group == committed ? next : group;
  }

  int partition() {
    return partition;
  }

  /** Alerts raised in this partition. */
  long alerts() {
    return alerts;
  }

  /** Offsets lost to retention. */
  long gone() {
    return gone;
  }

  /** Time went on: the collectors that have been silent for too long, as records to be judged. */
  List<SourceRecord> tick(long arrival) {
    if (arrival - tick > HOLE_MILLIS) {
      resumed = arrival;
    }
    tick = arrival;
    List<SourceRecord> silent = new ArrayList<>(0);
    for (LedgerEntry entry : entries.values()) {
      List<SourceRecord> found = entry.heard().tick(arrival, resumed);
      if (!found.isEmpty()) {
        changed.add(entry);
        silent.addAll(found);
      }
    }
    return silent;
  }

  /** Whether each source of the scope tells its own time by heartbeats: ticks need not. */
  boolean paced(String scope) {
    return entries.values().stream()
        .filter(entry -> entry.scope().equals(scope) && entry.source() != Source.PIPELINE)
        .filter(entry -> entry.events() > 0)
        .allMatch(entry -> entry.heard().pace());
  }

  Collection<LedgerEntry> entries() {
    return entries.values();
  }

  /** Gives key and value of all that changed since the last time. */
  void drain(BiConsumer<byte[], byte[]> writer) {
    for (LedgerEntry entry : changed) {
      writer.accept(key(entry.key()), Envelope.bytes(entry.line()));
    }
    changed.clear();
    JsonLine json = new JsonLine().open('{').key("format").number(FORMAT);
    json.key("alerts").number(alerts).key("next").number(next).key("gone").number(gone);
    json.key("committed").number(committed);
    writer.accept(key(WHOLE), Envelope.bytes(json.close('}').toString()));
  }

  private byte[] key(String rest) {
    return Envelope.bytes(partition + "/" + rest);
  }

  /** Takes what was written before. */
  void restore(byte[] key, byte[] value) throws IOException {
    if (new String(key, StandardCharsets.UTF_8).equals(partition + "/" + WHOLE)) {
      JsonNode json = JSON.readTree(value);
      check(json);
      alerts = json.path("alerts").asLong();
      next = json.path("next").asLong();
      committed = json.path("committed").asLong(-1);
      gone = json.path("gone").asLong();
      return;
    }
    LedgerEntry entry = LedgerEntry.read(partition, value);
    entries.put(new Row(entry.scope(), entry.source()), entry);
  }

  private static void check(JsonNode json) {
    Format.check("the ledger topic", json.path("format").asInt(), FORMAT);
  }
}
