package io.stridewatch.rule.falco;

import io.stridewatch.Stride;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which kinds of threat Falco's rules are about, by the rule's name. That of the rules that Falco
 * ships is the resource threats.txt, a line a rule: {@code name | letters of STRIDE | rows of the
 * threat model}; a file of that form goes before it. Immutable.
 */
public final class ThreatTable {
  private static final Threat NONE = new Threat(List.of(), List.of());
  private static final ThreatTable SHIPPED = new ThreatTable(ofShipped());

  private final Map<String, Threat> threats;

  private ThreatTable(Map<String, Threat> threats) {
    this.threats = Map.copyOf(threats);
  }

  /** Kinds of threat, and rows of the threat model. */
  record Threat(List<Stride> stride, List<String> threats) {}

  /** That of the rules that Falco ships. */
  public static ThreatTable shipped() {
    return SHIPPED;
  }

  /**
   * The shipped one with what a file says instead or besides.
   *
   * @throws IOException when it can't be read
   * @throws IllegalArgumentException which line is no row, and what one looks like
   */
  public static ThreatTable read(Path file) throws IOException {
    Map<String, Threat> threats = new HashMap<>(SHIPPED.threats);
    add(Files.readString(file), file.toString(), threats);
    return new ThreatTable(threats);
  }

  /** The table whose rows, and no others, a text has. */
  public static ThreatTable rows(String text) {
    Map<String, Threat> threats = new HashMap<>();
    add(text, "threats", threats);
    return new ThreatTable(threats);
  }

  /** All rows, sorted, as {@link #rows} reads them. */
  public String text() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(threats)
        .forEach(
            (rule, threat) -> {
              text.append(rule).append(" | ");
              threat.stride().forEach(kind -> text.append(kind.letter()));
              text.append(" | ").append(String.join(" ", threat.threats())).append('\n');
            });
    return text.toString();
  }

  /** None for a rule that is not in the table. */
  Threat of(String rule) {
    return threats.getOrDefault(rule, NONE);
  }

  private static Map<String, Threat> ofShipped() {
    try (InputStream in = ThreatTable.class.getResourceAsStream("threats.txt")) {
      Map<String, Threat> threats = new HashMap<>();
      add(new String(in.readAllBytes(), StandardCharsets.UTF_8), "threats.txt", threats);
      return threats;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(String text, String file, Map<String, Threat> threats) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] row = line.split("\\s*\\|\\s*", -1);
        if (row.length < 2 || row.length > 3 || !row[1].matches("[STRIDE]*")) {
          throw new IllegalArgumentException(
              file + ":" + (i + 1) + ": no row: write 'rule | letters of STRIDE | K-E1 K-E2'");
        }
        threats.put(row[0], threat(row));
      }
    }
  }

  private static Threat threat(String[] row) {
    List<Stride> stride = new ArrayList<>();
    for (Stride kind : Stride.values()) {
      if (row[1].indexOf(kind.letter()) >= 0) {
        stride.add(kind);
      }
    }
    List<String> rows =
        Stream.of(row)
            .skip(2)
            .flatMap(ids -> Stream.of(ids.split(" ")))
            .filter(id -> !id.isEmpty())
            .toList();
    return new Threat(stride, rows);
  }
}
