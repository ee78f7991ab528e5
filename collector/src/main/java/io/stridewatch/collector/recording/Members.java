package io.stridewatch.collector.recording;

import com.fasterxml.jackson.core.JsonToken;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.JsonSlices;
import java.util.HashMap;
import java.util.Map;

/** The members of an object, on one line each; of a key given twice the last. */
final class Members {
  private final Map<String, byte[]> raw = new HashMap<>();

  Members(byte[] json, int from, int to) {
    JsonSlices.each(json, from, to, (key, token, begin, end) -> add(json, key, token, begin, end));
  }

  private void add(byte[] json, String key, JsonToken token, int from, int to) {
    if (token != JsonToken.VALUE_NULL) {
      raw.put(key, JsonSlices.oneLine(json, from, to));
    }
  }

  boolean has(String key) {
    return raw.containsKey(key);
  }

  byte[] raw(String key) {
    byte[] value = raw.get(key);
    if (value == null) {
      throw new UnreadableRecordException("JSON of a known kind without its '" + key + "'");
    }
    return value;
  }

  String text(String key) {
    byte[] value = raw(key);
    return JsonSlices.text(value, 0, value.length);
  }
}
