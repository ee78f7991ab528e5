package io.stridewatch.rule.falco;

import io.stridewatch.Stride;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which kinds of threat the rules that Falco ships are about: the resource threats.txt. */
final class ThreatTable {
  private static final Threat NONE = new Threat(List.of(), List.of());
  private static final Map<String, Threat> ALL = read();

  private ThreatTable() {}

  /** Kinds of threat, and rows of the threat model. */
  record Threat(List<Stride> stride, List<String> threats) {}

  /** None for a rule that is not in the table. */
  static Threat of(String rule) {
    return ALL.getOrDefault(rule, NONE);
  }

  private static Map<String, Threat> read() {
    try (InputStream in = ThreatTable.class.getResourceAsStream("threats.txt")) {
      Map<String, Threat> all = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s*\\|\\s*"))
          .forEach(row -> all.put(row[0], threat(row)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Threat threat(String[] row) {
    List<Stride> stride = new ArrayList<>();
    for (Stride kind : Stride.values()) {
      if (row[1].indexOf(kind.letter()) >= 0) {
        stride.add(kind);
      }
    }
    return new Threat(
        stride, Stream.of(row).skip(2).flatMap(ids -> Stream.of(ids.split(" "))).toList());
  }
}
