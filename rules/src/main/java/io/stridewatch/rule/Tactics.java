package io.stridewatch.rule;

import static io.stridewatch.Stride.DENIAL_OF_SERVICE;
import static io.stridewatch.Stride.ELEVATION_OF_PRIVILEGE;
import static io.stridewatch.Stride.INFORMATION_DISCLOSURE;
import static io.stridewatch.Stride.REPUDIATION;
import static io.stridewatch.Stride.SPOOFING;
import static io.stridewatch.Stride.TAMPERING;
import static java.util.Map.entry;

import io.stridewatch.Stride;
import java.util.List;
import java.util.Map;

/** What kind of threat an ATT&CK tactic mostly is, for rules that do not say it themselves. */
final class Tactics {
  private static final Map<String, Stride> STRIDE =
      Map.ofEntries(
          entry("reconnaissance", INFORMATION_DISCLOSURE),
          entry("initial-access", SPOOFING),
          entry("execution", ELEVATION_OF_PRIVILEGE),
          entry("persistence", TAMPERING),
          entry("privilege-escalation", ELEVATION_OF_PRIVILEGE),
          entry("defense-evasion", REPUDIATION),
          entry("defense-impairment", REPUDIATION),
          entry("stealth", REPUDIATION),
          entry("credential-access", INFORMATION_DISCLOSURE),
          entry("discovery", INFORMATION_DISCLOSURE),
          entry("lateral-movement", SPOOFING),
          entry("collection", INFORMATION_DISCLOSURE),
          entry("command-and-control", TAMPERING),
          entry("exfiltration", INFORMATION_DISCLOSURE),
          entry("impact", DENIAL_OF_SERVICE));

  private Tactics() {}

  /** In the order of {@link Stride}; empty when no tag is a tactic. */
  static List<Stride> stride(List<String> tags) {
    return tags.stream()
        .filter(tag -> tag.startsWith("attack."))
        .map(tag -> STRIDE.get(tag.substring("attack.".length()).replace('_', '-')))
        .filter(stride -> stride != null)
        .distinct()
        .sorted()
        .toList();
  }
}
