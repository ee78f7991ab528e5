package io.stridewatch.sink.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.Severity;
import io.stridewatch.Stride;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much a group of alerts is worth: each rule once, by its severity (critical 40, high 20,
 * medium 8, low 3, info 1); 5 for each STRIDE letter beyond the first; 10 for each tactic of ATT&CK
 * beyond the first. So ten weak signals of several stages weigh more than one bad one. It counts
 * 1,000 rules. Not thread-safe.
 */
public final class Score {
  private static final int MOST = 1000;
  private static final Set<String> TACTICS =
      Set.of(
          "reconnaissance",
          "resource-development",
          "initial-access",
          "execution",
          "persistence",
          "privilege-escalation",
          "defense-evasion",
          "credential-access",
          "discovery",
          "lateral-movement",
          "collection",
          "command-and-control",
          "exfiltration",
          "impact");

  private final Set<String> rules = new HashSet<>();
  private final Set<Stride> letters = EnumSet.noneOf(Stride.class);
  private final Set<String> tactics = new HashSet<>();
  private int severities;

  /** One more. */
  public void add(Alert alert) {
    if (rules.size() < MOST && rules.add(alert.rule())) {
      severities += weight(alert.severity());
    }
    letters.addAll(alert.stride());
    for (String tag : alert.tags()) {
      String word = tag.toLowerCase(Locale.ROOT).replace('_', '-');
      if (word.startsWith("attack.") && TACTICS.contains(word.substring(7))) {
        tactics.add(word.substring(7));
      }
    }
  }

  /** As one object of JSON. */
  void write(JsonLine json) {
    json.open('{').key("severities").number(severities).key("rules").texts(List.copyOf(rules));
    json.key("stride").texts(letters.stream().map(Stride::label).toList());
    json.key("tactics").texts(List.copyOf(tactics)).close('}');
  }

  /** Goes on with what was written. */
  static Score read(JsonNode json) {
    Score score = new Score();
    score.severities = json.path("severities").asInt();
    json.path("rules").forEach(rule -> score.rules.add(rule.asText()));
    json.path("stride").forEach(letter -> score.letters.add(Stride.of(letter.asText())));
    json.path("tactics").forEach(tactic -> score.tactics.add(tactic.asText()));
    return score;
  }

  /** Tactics of ATT&CK, in the order of the alphabet. */
  public Set<String> tactics() {
    return new TreeSet<>(tactics);
  }

  /** STRIDE letters. */
  public Set<Stride> stride() {
    return Collections.unmodifiableSet(letters);
  }

  private static int weight(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 40;
      case HIGH -> 20;
      case MEDIUM -> 8;
      case LOW -> 3;
      case INFO -> 1;
    };
  }

  /** What it comes to. */
  public int sum() {
    return severities + 5 * Math.max(0, letters.size() - 1) + 10 * Math.max(0, tactics.size() - 1);
  }

  /** Different rules. */
  public int rules() {
    return rules.size();
  }
}
