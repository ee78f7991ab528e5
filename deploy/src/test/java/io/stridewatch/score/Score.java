package io.stridewatch.score;

import io.stridewatch.Alert;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many attacks of recordings the rules find, and how many ordinary actions they make a noise
 * about. An attack is found when an alert names a threat that its maker names, too, and carries a
 * record of it, and found whole when that holds for each of its threats; an ordinary action is
 * quiet when nothing above low is raised by it.
 */
final class Score {
  private final Part part;
  private final List<Alert> alerts;
  private int attacks;
  private int found;
  private int whole;
  private int ordinary;
  private int quiet;
  private final List<String> faults = new ArrayList<>();

  private Score(Part part, List<Alert> alerts) {
    this.part = part;
    this.alerts = alerts;
    part.actions().forEach(this::judge);
  }

  /** Plays one part. */
  static Score of(Part part, CompiledRules rules) throws IOException {
    return new Score(part, Raised.by(rules, part.files()));
  }

  private void judge(Action action) {
    List<String> noise =
        alerts.stream().filter(action::alarmedBy).map(alert -> alert.rule()).distinct().toList();
    if (action.attack()) {
      attacks++;
      List<String> missing =
          action.threats().stream().filter(threat -> !told(action, threat)).toList();
      found += missing.size() < action.threats().size() ? 1 : 0;
      whole += missing.isEmpty() ? 1 : 0;
      if (!missing.isEmpty()) {
        faults.add(
            (missing.size() < action.threats().size() ? "partly " : "MISSED ")
                + missing
                + " of "
                + action.threats()
                + " "
                + action.name());
      }
    } else {
      ordinary++;
      quiet += noise.isEmpty() ? 1 : 0;
      if (!noise.isEmpty()) {
        faults.add("noise " + noise + " " + action.name());
      }
    }
  }

  private boolean told(Action action, String threat) {
    return alerts.stream().anyMatch(alert -> action.toldBy(alert, threat));
  }

  int attacks() {
    return attacks;
  }

  int found() {
    return found;
  }

  int whole() {
    return whole;
  }

  int ordinary() {
    return ordinary;
  }

  int quiet() {
    return quiet;
  }

  /** Each miss and each noise as one line. */
  List<String> faults() {
    return faults;
  }

  private String line() {
    return "%-49s %4d %4d of %4d  %4d of %4d  %6d"
        .formatted(part.name(), found, whole, attacks, quiet, ordinary, alerts.size());
  }

  /** {@code [--faults] [--rules DIRECTORY] CORPORA}: prints a line a part, and a sum. */
  public static void main(String[] arguments) throws IOException {
    boolean told = false;
    RuleSet rules = RuleSet.builtIn();
    Path corpora = null;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--help", "-h" -> {
          System.out.println("score [--faults] [--rules DIRECTORY] CORPORA");
          return;
        }
        case "--faults" -> told = true;
        case "--rules" -> rules = RuleSet.read(List.of(Path.of(arguments[++i])));
        default -> corpora = Path.of(arguments[i]);
      }
    }
    System.out.printf("%-49s %17s  %12s  %6s%n", "recording", "found whole", "quiet", "alerts");
    CompiledRules compiled = CompiledRules.of(rules, null);
    for (Part part : Part.below(corpora)) {
      Score score = Score.of(part, compiled);
      System.out.println(score.line());
      if (told) {
        score.faults.forEach(fault -> System.out.println("    " + fault));
      }
    }
  }
}
