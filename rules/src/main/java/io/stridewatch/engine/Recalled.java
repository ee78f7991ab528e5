package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records that one scope got back, by the names that what is written down calls them. */
final class Recalled {
  private final Map<String, AuditEvent> events = new HashMap<>();
  private final Map<String, Match> matches = new HashMap<>();

  /** Time, source, id: what tells a record of a scope from any other. */
  static String name(AuditEvent event) {
    return name(event.nanos(), event.source(), event.id());
  }

  static String name(long nanos, Source source, String id) {
    return nanos + "/" + source.label() + "/" + id;
  }

  void add(AuditEvent event) {
    events.put(name(event), event);
  }

  void add(Match match) {
    matches.put(place(match), match);
  }

  private static String place(Match match) {
    return match.memory().groups().tag() + "\0" + match.getGroupKey() + "\0" + match.name();
  }

  /** The record of that name in a group of a rule; null when its window has it no more. */
  Match match(String tag, String group, String name) {
    return matches.get(tag + "\0" + group + "\0" + name);
  }

  /** The record of that name, or null. */
  AuditEvent event(String name) {
    return events.get(name);
  }

  static void write(JsonLine json, Window window) {
    json.key("count").number(window.count()).key("shown");
    json.texts(window.shown().stream().map(Recalled::name).toList());
  }

  /** Those records, as many of them as are still there; null when none is. */
  Window window(JsonNode written) {
    List<AuditEvent> shown = new ArrayList<>();
    for (JsonNode name : written.path("shown")) {
      AuditEvent event = events.get(name.asText());
      if (event != null) {
        shown.add(event);
      }
    }
    return shown.isEmpty() ? null : new Window(shown, written.path("count").asLong());
  }
}
