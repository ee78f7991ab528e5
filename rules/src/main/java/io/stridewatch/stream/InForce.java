package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Format;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The rules in force in one partition: from which offset on which set, the newest {@value #MOST} of
 * them. It is kept with what the engine remembers, so an engine that comes back, or is sent back,
 * has the rules of where it goes on. One thread, but {@link #digest}.
 */
final class InForce {
  /** The key of what it writes. */
  static final String KEY = "in-force";

  private static final int MOST = 100;
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Predicate<String> engine;
  private final List<Span> spans = new ArrayList<>();
  private volatile String digest;
  private boolean changed;

  /** A set, from that offset on. */
  private record Span(long from, String digest) {}

  /**
   * @param engine goes over to the set of a digest; false when it does not know it
   */
  InForce(Predicate<String> engine) {
    this.engine = engine;
  }

  /** What is in force; null before it has begun. Read by other threads. */
  String digest() {
    return digest;
  }

  /** What was in force at an offset; null when that is not known. */
  String at(long offset) {
    String at = null;
    for (Span span : spans) {
      at = span.from <= offset ? span.digest : at;
    }
    return at;
  }

  /** Goes on at that offset with that set; false when the engine does not know it. */
  boolean begin(String set, long offset) {
    if (!engine.test(set)) {
      return false;
    }
    changed |= spans.removeIf(span -> span.from > offset);
    if (!set.equals(at(offset))) {
      add(new Span(offset, set));
    }
    digest = set;
    return true;
  }

  /** A marker at that offset names this set; false when the engine does not know it. */
  boolean marked(String set, long offset) {
    return set.equals(digest) || begin(set, offset + 1);
  }

  private void add(Span span) {
    spans.add(span);
    changed = true;
    if (spans.size() > MOST) {
      spans.remove(0);
    }
  }

  /** Gives itself when it has changed since the last time. */
  void changes(BiConsumer<String, byte[]> log) {
    if (changed) {
      log.accept(KEY, written());
      changed = false;
    }
  }

  private byte[] written() {
    JsonLine json = new JsonLine().open('{').key("format").number(FORMAT).key("rules").open('[');
    for (Span span : spans) {
      json.open('{').key("from").number(span.from).key("digest").text(span.digest).close('}');
    }
    return Envelope.bytes(json.close(']').close('}').toString());
  }

  /**
   * Takes it back; the engine does not go over to anything yet.
   *
   * @param written null when it never was
   */
  void restore(byte[] written) throws IOException {
    if (written == null) {
      return;
    }
    JsonNode json = JSON.readTree(written);
    Format.check("the note of the rules in force", json.path("format").asInt(), FORMAT);
    for (JsonNode span : json.path("rules")) {
      spans.add(new Span(span.path("from").asLong(), span.path("digest").asText()));
    }
  }
}
