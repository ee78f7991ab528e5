package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.rule.falco.FalcoSettings;
import io.stridewatch.rule.falco.Priority;
import io.stridewatch.rule.falco.ThreatTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSourcesTest {
  private static final String RULE =
      "title: Ä\nlogsource: {product: docker, service: events}\n"
          + "detection: {s: {action|expand: '%%bad%%'}, condition: s}\n";

  private static RuleSources sources(FalcoSettings falco, String... namesAndTexts) {
    List<RuleFile> files = new ArrayList<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      byte[] bytes = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
      files.add(new RuleFile(namesAndTexts[i], bytes));
    }
    return RuleSet.of(files, new ArrayList<>(), falco).sources();
  }

  private static RuleSources usual(String... namesAndTexts) {
    return sources(FalcoSettings.usual(), namesAndTexts);
  }

  private static String told(RuleSet rules) {
    return rules.rules() + "\n" + rules.faults();
  }

  @Test
  void rulesWithTheirListsAreReadAgainFromWhatWasWritten() {
    RuleSources whole =
        usual(
            "/etc/a/x.yml",
            RULE.replace("%%", "%"),
            "/etc/a/bad.yml",
            "list: bad\nvalues: [die]\n");
    RuleSources again = RuleSources.read(whole.written());
    assertEquals(1, again.rules().rules().size());
    assertEquals(told(whole.rules()), told(again.rules()));
    assertEquals(whole.digest(), again.digest());
  }

  @Test
  void theBuiltInRulesAreReadAgainAsTheyAre() {
    RuleSet rules = RuleSet.builtInAtWork();
    RuleSources again = RuleSources.read(rules.sources().written());
    assertEquals(told(rules), told(again.rules()));
    assertEquals(rules.sources().digest(), again.digest());
  }

  @Test
  void whereFilesLieIsNoPartOfTheDigest() {
    assertEquals(usual("/a/x.yml", RULE).digest(), usual("/b/c/x.yml", RULE).digest());
  }

  @Test
  void allThatDecidesIsPartOfTheDigest() {
    FalcoSettings usual = FalcoSettings.usual();
    List<RuleSources> different =
        List.of(
            usual("x.yml", RULE),
            usual("y.yml", RULE),
            usual("x.yml", RULE + "#"),
            usual("x.yml", RULE, "y.yml", RULE),
            usual("y.yml", RULE, "x.yml", RULE),
            sources(new FalcoSettings(true, usual.least(), usual.threats()), "x.yml", RULE),
            sources(new FalcoSettings(false, Priority.ERROR, usual.threats()), "x.yml", RULE),
            sources(
                new FalcoSettings(false, usual.least(), ThreatTable.rows("a | S | K-S1")),
                "x.yml",
                RULE));
    for (RuleSources one : different) {
      for (RuleSources other : different) {
        if (one != other) {
          assertNotEquals(one.digest(), other.digest());
        }
      }
    }
    RuleSources last = different.get(7);
    assertEquals(last.digest(), RuleSources.read(last.written()).digest());
  }

  @Test
  void whatIsCutOffOrOfAnotherFormatIsRefused() {
    byte[] whole = usual("x.yml", RULE).written();
    for (int length = 0; length < whole.length; length++) {
      byte[] some = Arrays.copyOf(whole, length);
      assertThrows(IllegalArgumentException.class, () -> RuleSources.read(some));
    }
    byte[] newer =
        new String(whole, StandardCharsets.UTF_8)
            .replace("\"format\":1", "\"format\":2")
            .getBytes(StandardCharsets.UTF_8);
    assertThrows(IllegalArgumentException.class, () -> RuleSources.read(newer));
  }
}
