package io.stridewatch.deploy;

import io.stridewatch.rule.Fault;
import io.stridewatch.rule.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules that files hold and that are not for us, such as those about system calls in a directory of
 * Falco's: no fault, but whoever named the file should know.
 */
final class SkippedRules {
  private SkippedRules() {}

  /** A line for each file that has some, with the first of them. */
  static List<String> lines(RuleSet rules) {
    Map<String, List<Fault>> byFile = new LinkedHashMap<>();
    rules
        .ignored()
        .forEach(each -> byFile.computeIfAbsent(each.file(), f -> new ArrayList<>()).add(each));
    return byFile.values().stream().map(SkippedRules::line).toList();
  }

  private static String line(List<Fault> ofFile) {
    int more = ofFile.size() - 1;
    return ofFile.get(0)
        + (more == 0 ? "" : ", and " + more + " more of this file, which 'rules lint' names");
  }
}
