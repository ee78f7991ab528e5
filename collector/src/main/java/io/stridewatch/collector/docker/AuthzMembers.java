package io.stridewatch.collector.docker;

import com.fasterxml.jackson.core.JsonToken;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.JsonSlices;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Where the members of a JSON object lie; of a key given twice the last. */
final class AuthzMembers {
  private final byte[] json;
  private final Map<String, Place> places = new LinkedHashMap<>();

  /** A value's bytes: from, up to before to. */
  record Place(JsonToken token, int from, int to) {}

  private AuthzMembers(byte[] json) {
    this.json = json;
  }

  /**
   * Finds them.
   *
   * @throws UnreadableRecordException when it isn't JSON, or no object
   */
  static AuthzMembers of(byte[] json) {
    AuthzMembers members = new AuthzMembers(json);
    members.find(0, json.length);
    return members;
  }

  /** The members of the object that is a member; none when it is none. */
  AuthzMembers within(String key) {
    AuthzMembers inner = new AuthzMembers(json);
    Place place = places.get(key);
    if (place != null && place.token() == JsonToken.START_OBJECT) {
      inner.find(place.from(), place.to());
    }
    return inner;
  }

  private void find(int start, int end) {
    JsonSlices.each(json, start, end, (key, token, from, to) -> add(key, token, from, to));
  }

  private void add(String key, JsonToken token, int from, int to) {
    if (key == null) {
      throw new UnreadableRecordException("JSON, but no object");
    }
    if (token != JsonToken.VALUE_NULL) {
      places.put(key, new Place(token, from, to));
    }
  }

  byte[] json() {
    return json;
  }

  Map<String, Place> places() {
    return places;
  }

  boolean has(String key) {
    return places.containsKey(key);
  }

  /** A string's text; null when there is none. */
  String text(String key) {
    Place place = places.get(key);
    return place == null || place.token() != JsonToken.VALUE_STRING
        ? null
        : JsonSlices.text(json, place.from(), place.to());
  }

  /** Length and hash of a value, to tell it from others. */
  String fingerprint(String key) {
    Place place = places.get(key);
    return place == null
        ? ""
        : (place.to() - place.from())
            + "/"
            + Arrays.hashCode(Arrays.copyOfRange(json, place.from(), place.to()));
  }

  /** Whether the client's request said that a JSON body comes. */
  boolean announcesJson() {
    AuthzMembers headers = within("RequestHeaders");
    String type = headers.text("Content-Type");
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/json")
        && !"0".equals(headers.text("Content-Length"));
  }
}
