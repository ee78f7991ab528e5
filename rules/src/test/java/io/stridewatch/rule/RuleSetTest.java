package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {
  private static final String RULE =
      """
      title: T
      name: n
      logsource: {product: kubernetes, service: audit}
      detection:
        s: {verb: [create, patch], objectRef.resource: pods}
        t: {user.username|startswith: 'system:'}
        condition: s and not t
      """;

  @TempDir Path directory;

  private static Rule only(String text) {
    RuleSet rules = RuleSet.of("file.yml", text);
    assertEquals(List.of(), rules.faults());
    return rules.rules().get(0);
  }

  private static String fault(String text) {
    List<Fault> faults = RuleSet.of("file.yml", text).faults();
    assertEquals(1, faults.size(), faults.toString());
    return faults.get(0).toString();
  }

  @Test
  void readsARuleWithAllItsKeys() {
    Rule rule =
        only(
            RULE
                + """
                level: informational
                tags: [attack.persistence, attack.t1098]
                threats: [K-T1]
                summary: "{actor} did it"
                remedy: Undo it.
                group: "{namespace}"
                author: someone
                house: ours
                examples:
                  - name: one
                    fires: 1
                    records: ["{}"]
                """);
    assertEquals("n", rule.id());
    assertEquals(Severity.INFO, rule.severity());
    assertEquals(List.of(Stride.TAMPERING), rule.stride());
    assertEquals(Source.KUBERNETES, rule.source());
    assertEquals(List.of("house"), rule.others());
    assertEquals(
        new Example("one", 1, "", List.of("{}"), List.of("example"), 17), rule.examples().get(0));
  }

  @Test
  void namesARuleByItsIdThenItsNameThenItsFile() {
    assertEquals("x-1", only(RULE + "id: x-1\n").id());
    String nameless = RULE.replace("name: n\n", "");
    assertEquals("file", only(nameless).id());
    RuleSet two = RuleSet.of("d/file.yml", nameless + "---\n" + nameless);
    assertEquals(List.of("file", "file-2"), two.rules().stream().map(Rule::id).toList());
  }

  @Test
  void digestsWhatDecidesAndNothingElse() {
    String other =
        """
        name: another
        title: Another
        level: high
        detection:
          second:
            user.username|startswith:
              - 'system:'
          first:
            objectRef.resource: pods
            verb:
              - patch
              - create
          condition: not second and first
        logsource: {service: audit, product: kubernetes, category: application}
        """;
    String digest = only(RULE).digest();
    assertEquals(digest, only(other).digest());
    assertNotEquals(digest, only(RULE.replace("patch", "update")).digest());
    assertNotEquals(digest, only(RULE.replace("and not", "or")).digest());
    assertNotEquals(digest, only(RULE.replace("startswith", "startswith|cased")).digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "startswith|starstwith|file.yml:6: unknown modifier 'starstwith' in 'user.username;starstwith': did you mean 'startswith'?",
        "s and not t|s and not u|file.yml:7: condition: 'u' is no selection, use one of s, t",
        "s and not t|s|file.yml:6: unknown key 't' in detection: the condition does not name it",
        "s and not t|(s and not t|file.yml:7: condition: a parenthesis is not closed",
        "s and not t|s and|file.yml:7: condition: it ends too early",
        "service: audit|service: adit|file.yml:3: no log source is called 'kubernetes/adit' (product/service): did you mean 'kubernetes/audit'?",
        "title: T|level: grave|file.yml:1: level: no severity is called 'grave': use critical, high, medium, low or info",
        "title: T|title: [T|file.yml:2: not YAML: expected ',' or ']', but got :: check the indentation, and quote values with ': ', ' #' or brackets in them",
        "title: T|stride: [tamper]|file.yml:1: stride: no kind of threat is called 'tamper': use spoofing, tampering, repudiation, information-disclosure, denial-of-service or elevation-of-privilege",
      })
  void saysWhereAFaultIsAndWhatToDo(String right, String wrong, String message) {
    String text = RULE.replace(right, wrong);
    assertEquals(message.replace(';', '|'), fault(text));
  }

  @Test
  void tellsEachFaultOfARuleWithItsLineAndWhatWasMeant() {
    String text =
        """
        title: T
        logsource: {product: kubernetes, service: audti}
        detection:
          one:
            verb|startwith: c
            name|re: '(a'
            namespace|cidr: [10.0.0.0/99, 10.0.0.0/8, x]
          two:
            - code|lt: many
            - null
          condition: one and tow
        level: hihg
        stride: [tampring]
        examples:
          - {fires: many, records: []}
          - {fire: 1, records: []}
        """;
    assertEquals(
        List.of(
            "file.yml:2: no log source is called 'kubernetes/audti' (product/service): did you mean"
                + " 'kubernetes/audit'?",
            "file.yml:5: unknown modifier 'startwith' in 'verb|startwith': did you mean"
                + " 'startswith'?",
            "file.yml:6: regular expression '(a': missing closing ); use RE2 syntax (no lookaround,"
                + " no back references)",
            "file.yml:7: '10.0.0.0/99' is no network: write 10.0.0.0/8 or fd00::/8",
            "file.yml:7: 'x' is no network: write 10.0.0.0/8 or fd00::/8",
            "file.yml:9: 'many' is no number: lt, lte, gt and gte compare numbers",
            "file.yml:10: null is no keyword: write the text to look for in 'two'",
            "file.yml:11: condition: 'tow' is no selection, use one of one, two"),
        faults(text).subList(0, 8));
    assertEquals(List.of(12, 13, 15, 16), lines(text).subList(8, 12));
  }

  @Test
  void tellsEachFaultOfACorrelation() {
    String text =
        RULE
            + """
            ---
            level: hihg
            correlation:
              type: event_cuont
              rules: [n, m]
              timespan: 5q
              groupby: [a]
              generate: yes
            """;
    assertEquals(List.of(9, 11, 12, 13, 14, 15), lines(text));
  }

  @Test
  void endsWithHowManyFaultsThereAreMore() {
    String keys =
        IntStream.range(0, 50).mapToObj(i -> ", k" + i + ": v").collect(Collectors.joining());
    List<String> faults = faults(RULE.replace("service: audit", "service: audit" + keys));
    assertEquals(20, faults.size());
    assertEquals(
        "file.yml:3: 31 faults more from here on: mend those before first", faults.get(19));
  }

  private static List<String> faults(String text) {
    return RuleSet.of("file.yml", text).faults().stream().map(Fault::toString).toList();
  }

  private static List<Integer> lines(String text) {
    return RuleSet.of("file.yml", text).faults().stream().map(Fault::line).toList();
  }

  @Test
  void refusesRegularExpressionsThatTakeMoreThanLinearTime() {
    String text = RULE.replace("verb: [create, patch]", "verb|re: '(a)\\1'");
    assertTrue(fault(text).startsWith("file.yml:5: regular expression '(a)\\1': "));
  }

  @Test
  void leavesOutRulesOfOtherProducts() {
    RuleSet rules =
        RuleSet.of(
            "f.yml",
            RULE.replace("product: kubernetes, service: audit", "product: linux, service: syslog"));
    assertEquals(List.of(), rules.rules());
    assertEquals(List.of(), rules.faults());
    assertEquals(
        "f.yml:3: left out: log source 'linux/syslog' is none that stridewatch reads",
        rules.ignored().get(0).toString());
  }

  @Test
  void suggestsCorrelationsKeys() {
    String text =
        RULE
            + "---\ncorrelation:\n  type: event_count\n  rules: [n]\n  groupby: [a]\n"
            + "  timespan: 5m\n  condition: {gte: 3}\n";
    assertEquals(
        "file.yml:12: unknown key 'groupby' in correlation: did you mean 'group-by'?", fault(text));
  }

  @Test
  void losesOneDocumentAndKeepsTheOthers() throws IOException {
    Files.writeString(directory.resolve("b.yml"), RULE.replace("name: n", "name: b"));
    Files.writeString(directory.resolve("a.yaml"), RULE + "---\ntitle: no detection\n");
    Files.writeString(directory.resolve("c.txt"), "not a rule");
    Files.write(directory.resolve("d.yml"), new byte[] {(byte) 0xff});
    RuleSet rules = RuleSet.read(List.of(directory, directory.resolve("none.yml")));
    assertEquals(List.of("b", "n"), rules.rules().stream().map(Rule::id).toList());
    assertEquals(
        List.of(
            "none.yml: not there: check the path",
            "a.yaml:9: the rule has no 'logsource': add it",
            "a.yaml:9: the rule has no 'detection': add it",
            "d.yml: not UTF-8: save it as UTF-8"),
        rules.faults().stream()
            .map(fault -> Path.of(fault.toString()).getFileName().toString())
            .toList());
  }

  @Test
  void silencesWhatACorrelationNames() {
    String text =
        RULE
            + "---\nname: c\ntitle: C\ncorrelation:\n  type: event_count\n  rules: [n]\n"
            + "  timespan: 5m\n  condition: {gte: 3}\n";
    RuleSet rules = RuleSet.of("file.yml", text);
    assertEquals(List.of(), rules.faults());
    assertEquals(List.of(false, true), rules.rules().stream().map(Rule::silent).toList());
    assertEquals(Lane.MEMORY, rules.rules().get(0).lane());
    assertEquals(600, rules.rules().get(0).horizon().toSeconds());
  }

  @Test
  void lintsWhatCanBeReadAndIsStillWrong() {
    List<String> findings =
        Lint.of(RuleSet.of("f.yml", RULE + "thraets: [x]\n---\n" + RULE)).stream()
            .map(Fault::toString)
            .toList();
    assertTrue(
        findings.contains("f.yml:1: n: no example fires: add one under 'examples' with fires: 1"));
    assertTrue(
        findings.contains(
            "f.yml:1: n: unknown key 'thraets' is left alone: did you mean 'threats'?"));
    assertTrue(findings.contains("f.yml:10: n: id 'n' is also in f.yml: give one another id"));
  }
}
