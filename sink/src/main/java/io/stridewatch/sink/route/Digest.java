package io.stridewatch.sink.route;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.JsonLine;
import io.stridewatch.Severity;
import io.stridewatch.Sha256;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Alerts that came faster than a sink is told them, as one alert: how many of which rule, severity
 * and actor, from when to when, and the id of each, by which it is shown. What they were counted by
 * stands in its evidence, one line of JSON each. Not thread-safe.
 */
final class Digest<T> {
  private static final int MOST = 5_000;
  private static final int LARGEST = 384 << 10;
  private static final int LARGEST_RECORD = 60 << 10;
  private static final int LONGEST = 300;
  private static final int NAMED = 3;

  private final List<T> handed = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();
  private final List<Standing<T>> standings = new ArrayList<>();
  private final Map<String, List<Mention>> rows = new LinkedHashMap<>();
  private final Set<Stride> stride = EnumSet.noneOf(Stride.class);
  private final Set<String> threats = new TreeSet<>();
  private final Set<String> scopes = new TreeSet<>();
  private Alert newest;
  private Severity worst = Severity.INFO;
  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;
  private long records;
  private int size;

  /** Whether it has as much as one alert can say. */
  boolean full() {
    return mentions.size() >= MOST || size >= LARGEST;
  }

  void add(Notice<T> notice) {
    Alert alert = notice.alert();
    handed.addAll(notice.alerts());
    notice.mentions().forEach(this::add);
    standings.addAll(notice.standings());
    newest = alert;
    worst = alert.severity().atLeast(worst) ? alert.severity() : worst;
    first = alert.first().isBefore(first) ? alert.first() : first;
    last = alert.last().isAfter(last) ? alert.last() : last;
    records += alert.count();
    stride.addAll(alert.stride());
    threats.addAll(alert.threats());
    scopes.add(alert.scope());
  }

  private void add(Mention mention) {
    mentions.add(mention);
    String key = mention.rule() + '\0' + mention.severity() + '\0' + mention.actor();
    rows.computeIfAbsent(key, k -> row(mention)).add(mention);
    size += 35;
  }

  private List<Mention> row(Mention mention) {
    size += 200 + mention.rule().length() + mention.actor().length();
    return new ArrayList<>();
  }

  /** All of them, told as one. */
  Notice<T> notice() {
    return new Notice<>(alert(id()), handed, mentions, true, standings);
  }

  private Alert alert(String id) {
    return new Alert(
        id,
        "digest",
        "More alerts than this sink is told one by one",
        worst,
        List.copyOf(stride),
        List.copyOf(threats),
        List.of(),
        newest.time(),
        scopes.size() == 1 ? newest.scope() : "-",
        summary(),
        null,
        null,
        evidence(id),
        "Each alert is kept: 'stridewatch show ID' shows one, its id is in the evidence.",
        records,
        first,
        last,
        "digest");
  }

  /** The same for the same alerts. */
  private String id() {
    return Sha256.hex(bytes(mentions.stream().map(Mention::id).collect(Collectors.joining())))
        .substring(0, 32);
  }

  private String summary() {
    String sum =
        "%d more alerts, the worst %s, from %s to %s: %s; of %s"
            .formatted(
                mentions.size(),
                worst.label(),
                Times.seconds(first),
                Times.seconds(last),
                most(mentions.stream().map(Mention::rule).toList(), "rules"),
                most(mentions.stream().map(Mention::actor).toList(), "actors"));
    return sum.length() > LONGEST ? sum.substring(0, LONGEST - 1) + "…" : sum;
  }

  /** Those that come most often, and how many others there are. */
  private static String most(List<String> all, String what) {
    Map<String, Long> counts =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    v -> v.isEmpty() ? "nobody" : v, TreeMap::new, Collectors.counting()));
    String named =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(NAMED)
            .map(entry -> shortened(entry.getKey()) + " x" + entry.getValue())
            .collect(Collectors.joining(", "));
    int others = counts.size() - NAMED;
    return others > 0 ? named + ", " + others + " other " + what : named;
  }

  private static String shortened(String name) {
    return name.length() > 40 ? name.substring(0, 39) + "…" : name;
  }

  /** Lines of rows, in as few records as hold them. */
  private List<Evidence> evidence(String id) {
    List<Evidence> records = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (List<Mention> row : rows.values()) {
      for (int from = 0; from < row.size(); from += 1000) {
        String line = line(row.subList(from, Math.min(row.size(), from + 1000)));
        if (!lines.isEmpty() && lines.length() + line.length() > LARGEST_RECORD) {
          records.add(record(id, records.size() + 1, lines));
        }
        lines.append(lines.isEmpty() ? "" : "\n").append(line);
      }
    }
    records.add(record(id, records.size() + 1, lines));
    return records;
  }

  private static String line(List<Mention> row) {
    JsonLine line = new JsonLine().open('{').key("rule").text(row.get(0).rule());
    line.key("severity").text(row.get(0).severity().label());
    line.key("actor").text(row.get(0).actor()).key("alerts").number(row.size());
    Instant first = row.stream().map(Mention::first).min(Instant::compareTo).orElseThrow();
    Instant last = row.stream().map(Mention::last).max(Instant::compareTo).orElseThrow();
    line.key("first").text(Times.text(first)).key("last").text(Times.text(last));
    line.key("ids").texts(row.stream().map(Mention::id).toList());
    return line.close('}').toString();
  }

  private Evidence record(String id, int number, StringBuilder lines) {
    String raw = lines.toString();
    lines.setLength(0);
    byte[] bytes = bytes(raw);
    return new Evidence(
        "digest/" + id + "/" + number,
        Source.PIPELINE,
        newest.time(),
        "digest/" + number,
        raw,
        null,
        bytes.length,
        Sha256.hex(bytes),
        List.of(),
        false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
