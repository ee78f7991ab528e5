package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An event as golden files have it: all that RAW and ENRICHED agree on, or the names as well. */
final class AuditdRendering {
  private static final Set<String> SHOWN_AS_HEADER = Set.of("source", "scope", "node");

  private AuditdRendering() {}

  static String of(AuditdEvent event, boolean names) {
    StringBuilder out = new StringBuilder(event.id()).append('\n');
    for (String field : new TreeSet<>(AuditdDerived.NAMES)) {
      boolean named = field.equals("actor");
      if (!SHOWN_AS_HEADER.contains(field) && (names || !named) && event.has(field)) {
        out.append("  ").append(field).append(" = ").append(shown(event.values(field)));
        out.append('\n');
      }
    }
    out.append("  actor: ").append(party(event.actor(), names)).append('\n');
    out.append("  target: ").append(party(event.target(), true)).append('\n');
    event.records().forEach(record -> record(out, record, names));
    return out.toString();
  }

  private static String party(Map<String, String> party, boolean names) {
    if (party == null) {
      return "-";
    }
    Map<String, String> sorted = new TreeMap<>(party);
    if (!names) {
      sorted.remove("name");
    }
    return sorted.toString();
  }

  private static void record(StringBuilder out, AuditdRecord record, boolean names) {
    out.append("    ").append(record.type().name());
    AuditdTokens tokens = record.tokens();
    for (int i = 0; i < tokens.count(); i++) {
      String name = name(record.raw(), tokens.nameFrom(i));
      if (names || !name.matches("[A-Z-]+")) {
        out.append(' ').append(name).append('=').append(shown(record.own(name)));
      }
    }
    out.append('\n');
  }

  private static String shown(List<String> values) {
    String text = values.toString();
    return text.length() <= 400
        ? text
        : text.substring(0, 100) + "... " + text.length() + " characters, hash " + text.hashCode();
  }

  private static String name(byte[] raw, int from) {
    int to = from;
    while (raw[to] != '=') {
      to++;
    }
    return new String(raw, from, to - from, StandardCharsets.US_ASCII);
  }
}
