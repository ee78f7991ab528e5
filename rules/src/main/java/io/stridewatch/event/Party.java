package io.stridewatch.event;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who did something or what it was done to. Keys keep their order, or an alert would not be the
 * same to the byte each time.
 */
final class Party {
  private Party() {}

  static Map<String, String> of(String kind, String name) {
    Map<String, String> party = new LinkedHashMap<>();
    party.put("kind", kind);
    party.put("name", name);
    return party;
  }
}
