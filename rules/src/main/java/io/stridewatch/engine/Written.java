package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AuditEvent;
import io.stridewatch.Format;
import io.stridewatch.Found;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.event.ByteSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an engine wrote down of its memory, read again and sorted by scope. */
final class Written {
  /** The key of where a record's process ran, in a head; not there where nobody looked. */
  static final String CONTAINER = "container";

  static final String WATCHED = "watched";

  private static final ObjectMapper JSON = new ObjectMapper();
  private final Map<String, OfScope> scopes = new LinkedHashMap<>();
  private final Map<String, Long> since = new HashMap<>();
  private long taken;

  /**
   * @throws IllegalStateException when a newer program wrote it, or it is not what we write
   */
  Written(Map<String, byte[]> memory) {
    memory.forEach(this::take);
  }

  private void take(String key, byte[] value) {
    int line = ByteSearch.indexOf((byte) '\n', value, 0, value.length);
    JsonNode head = json(value, line);
    taken = Math.max(taken, head.path("n").asLong());
    if (head.path("kind").asText().equals(Tenure.KIND)) {
      head.path("since").properties().forEach(p -> since.put(p.getKey(), p.getValue().asLong()));
      since.values().forEach(from -> taken = Math.max(taken, from));
      return;
    }
    byte[] raw = Arrays.copyOfRange(value, Math.min(line + 1, value.length), value.length);
    scopes
        .computeIfAbsent(head.path("scope").asText(), any -> new OfScope())
        .rows
        .computeIfAbsent(head.path("kind").asText(), any -> new ArrayList<>())
        .add(new Row(key, head, raw));
  }

  private static JsonNode json(byte[] value, int to) {
    try {
      JsonNode head = JSON.readTree(value, 0, to);
      Format.check("the memory topic", head.path("format").asInt(), Changelog.FORMAT);
      return head;
    } catch (IOException e) {
      throw new IllegalStateException("no record of the memory topic: not the JSON we write", e);
    }
  }

  /** The scopes, first the one that has had no record for longest. */
  List<Map.Entry<String, OfScope>> byUse() {
    List<Map.Entry<String, OfScope>> byUse = new ArrayList<>(scopes.entrySet());
    byUse.sort(Comparator.comparingLong(each -> each.getValue().newest()));
    return byUse;
  }

  /** Since which number each rule has been taking records. */
  Map<String, Long> since() {
    return since;
  }

  /** The greatest number given out. */
  long taken() {
    return taken;
  }

  /** The record that a head tells of, so far as a decoder and a rule need it. */
  static SourceRecord record(JsonNode head, String scope, byte[] raw) {
    return new SourceRecord(
        Source.of(head.path("source").asText()),
        "",
        head.path("id").asText(),
        "",
        Times.ofNanos(head.path("time").asLong()),
        "",
        scope,
        raw,
        new Found(head.path(CONTAINER).asText(), head.path(WATCHED).asText()));
  }

  /** Writes what a head tells of a record itself. */
  static JsonLine head(JsonLine json, AuditEvent event) {
    json.key("source").text(event.source().label()).key("id").text(event.id());
    add(json, CONTAINER, event.found().container());
    return add(json, WATCHED, event.found().watched());
  }

  private static JsonLine add(JsonLine json, String key, String text) {
    return text.isEmpty() ? json : json.key(key).text(text);
  }

  /** What was written of one scope, by kind and in the order of writing. */
  static final class OfScope {
    private final Map<String, List<Row>> rows = new HashMap<>();

    /** The greatest number of a record or a link of it. */
    private long newest() {
      return Stream.of(Journal.RECORD, Journal.LINK)
          .flatMap(kind -> of(kind).stream())
          .mapToLong(row -> row.head().path("n").asLong())
          .max()
          .orElse(0);
    }

    List<Row> of(String kind) {
      return rows.getOrDefault(kind, List.of());
    }
  }

  /**
   * One of them.
   *
   * @param raw the record's bytes; empty for what is none
   */
  record Row(String key, JsonNode head, byte[] raw) {
    SourceRecord record() {
      return Written.record(head, head.path("scope").asText(), raw);
    }
  }
}
