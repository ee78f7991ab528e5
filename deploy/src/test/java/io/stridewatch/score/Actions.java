package io.stridewatch.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Times;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what was done from the files that a recording's maker left beside it. */
final class Actions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ROW = Pattern.compile("[DK]-[STRIDE][0-9]+");

  private Actions() {}

  /** Of {@code expected.jsonl}: an object a line, with the auditIDs of the action's records. */
  static List<Action> ofExpected(Path file) throws IOException {
    List<Action> actions = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode said = JSON.readTree(line);
      Set<String> auditIds = new HashSet<>();
      said.get("auditIDs").forEach(id -> auditIds.add(id.asText()));
      if (!auditIds.isEmpty()) {
        long from = Times.nanos(Instant.parse(said.get("time").asText()));
        boolean attack = said.get("attack").asBoolean();
        List<String> threats = attack ? rows(said.get("threat").asText()) : List.of();
        String name = said.get("who").asText() + ": " + said.get("action").asText();
        actions.add(new Action(name, from, Long.MAX_VALUE, threats, auditIds));
      }
    }
    return actions;
  }

  /**
   * Of {@code timeline.md}: a table whose second column is the epoch and whose {@code threat} names
   * rows; where it names none {@code threats.tsv} may. What nothing showed, neither engine nor
   * plug-in nor auditd, is left out.
   */
  static List<Action> ofTimeline(Path file) throws IOException {
    List<List<String>> table = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("| ")) {
        table.add(cells(line));
      }
    }
    List<String> header = table.remove(0);
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      List<String> row = table.get(i);
      long until = i + 1 < table.size() ? epoch(table.get(i + 1)) : epoch(row) + 60_000_000_000L;
      String shown = cell(header, row, "events") + cell(header, row, "audit");
      if (!shown.isEmpty() || !header.contains("events")) {
        String name =
            String.join(
                ": ",
                cell(header, row, "who"),
                cell(header, row, "command") + cell(header, row, "what was done"));
        List<String> threats = rows(cell(header, row, "threat"));
        if (threats.isEmpty()) {
          threats = named(file.getParent().getFileName().toString(), name);
        }
        actions.add(new Action(name, epoch(row), until, threats, Set.of()));
      }
    }
    return actions;
  }

  /** Of {@code threats.tsv}: recording, how the command begins, rows. */
  private static List<String> named(String recording, String name) throws IOException {
    try (InputStream table = Actions.class.getResourceAsStream("threats.tsv")) {
      String command = name.substring(name.indexOf('`') + 1);
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .filter(row -> row[0].equals(recording) && command.startsWith(row[1]))
          .map(row -> rows(row[2]))
          .findFirst()
          .orElse(List.of());
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1).split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }

  private static String cell(List<String> header, List<String> row, String column) {
    int at = header.indexOf(column);
    return at < 0 || at >= row.size() ? "" : row.get(at);
  }

  private static long epoch(List<String> row) {
    return new BigDecimal(row.get(1)).movePointRight(9).longValue();
  }

  private static List<String> rows(String text) {
    List<String> rows = new ArrayList<>();
    for (Matcher row = ROW.matcher(text); row.find(); ) {
      rows.add(row.group());
    }
    return rows;
  }
}
