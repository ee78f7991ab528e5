package io.stridewatch.engine;

import io.stridewatch.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What of an engine's memory has changed and is to be written down: of each key the newest value,
 * made when it is asked for. Keeps nothing until somebody is going to ask. One thread.
 */
final class Changelog {
  static final int FORMAT = 1;
  private final Map<String, Supplier<byte[]>> changed = new LinkedHashMap<>();
  private boolean kept;

  void resume() {
    kept = true;
  }

  /** What changes now is written already. */
  void pause() {
    kept = false;
  }

  /** What tells a value from any other; spelled only when it is written. */
  @FunctionalInterface
  interface Key {
    String written();
  }

  /** A key of these parts: a JSON array, so that no two are alike. */
  static String key(String... parts) {
    return new JsonLine().texts(List.of(parts)).toString();
  }

  /** Has a value written; later ones come behind earlier ones. */
  void put(Key key, Supplier<byte[]> value) {
    if (kept) {
      String written = key.written();
      changed.remove(written);
      changed.put(written, value);
    }
  }

  void forget(Key key) {
    put(key, () -> null);
  }

  /** Gives key and value of all that changed since the last time; null where it is forgotten. */
  void drain(BiConsumer<String, byte[]> log) {
    changed.forEach((key, value) -> log.accept(key, value.get()));
    changed.clear();
  }

  /** Begins what is written of a scope. */
  static JsonLine entry(String kind, String scope) {
    JsonLine json = new JsonLine().open('{').key("format").number(FORMAT).key("kind").text(kind);
    return json.key("scope").text(scope);
  }

  static byte[] ended(JsonLine entry) {
    return entry.close('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
