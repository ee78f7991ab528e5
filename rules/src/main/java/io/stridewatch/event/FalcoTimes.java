package io.stridewatch.event;

import io.stridewatch.event.FalcoFields.Reading;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The {@code evt} fields of Falco that an audit event has. Times are UTC; {@code evt.num} is always
 * 1, because an alert depends on its record and not on how many came before.
 */
final class FalcoTimes {
  static final Map<String, Reading> ALL =
      Map.ofEntries(
          Map.entry("evt.num", (event, json) -> List.of("1")),
          Map.entry("evt.source", (event, json) -> List.of("k8s_audit")),
          Map.entry("evt.is_async", (event, json) -> List.of("false")),
          Map.entry("evt.asynctype", (event, json) -> List.of()),
          Map.entry("evt.pluginname", (event, json) -> List.of("k8saudit")),
          Map.entry("evt.rawtime", (event, json) -> List.of("" + event.nanos())),
          Map.entry(
              "evt.rawtime.s",
              (event, json) -> List.of("" + Math.floorDiv(event.nanos(), 1_000_000_000L))),
          Map.entry(
              "evt.rawtime.ns",
              (event, json) -> List.of("" + Math.floorMod(event.nanos(), 1_000_000_000L))),
          Map.entry("evt.time", of("HH:mm:ss.nnnnnnnnn")),
          Map.entry("evt.time.s", of("HH:mm:ss")),
          Map.entry("evt.time.iso8601", of("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'+0000'")),
          Map.entry("evt.datetime", of("yyyy-MM-dd HH:mm:ss.nnnnnnnnn")),
          Map.entry("evt.datetime.s", of("yyyy-MM-dd HH:mm:ss")));

  private FalcoTimes() {}

  private static Reading of(String pattern) {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    return (event, json) -> List.of(format.format(event.time()));
  }
}
