package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Severity;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Logic.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files hold beside single rules: global documents, lists, filters, correlations. */
class RuleFilesTest {
  private static final String RULE =
      """
      title: T
      name: n
      logsource: {product: docker, service: events}
      detection:
        s: {action: create}
        condition: s
      """;

  private static RuleSet read(String... documents) {
    return RuleSet.of("f.yml", String.join("---\n", documents));
  }

  private static RuleSet sound(String... documents) {
    RuleSet rules = read(documents);
    assertEquals(List.of(), rules.faults());
    return rules;
  }

  private static String fault(String... documents) {
    List<Fault> faults = read(documents).faults();
    assertEquals(1, faults.size(), faults.toString());
    return faults.get(0).toString();
  }

  @Test
  void joinsAGlobalDocumentToThoseThatFollow() {
    RuleSet rules =
        sound(
            "action: global\ntitle: Both\nlevel: high\n"
                + "logsource: {product: docker, service: events}\n"
                + "detection: {s: {action: create}, condition: s and t}\n",
            "name: one\ndetection: {t: {name: a}}\n",
            "name: two\nlevel: low\ndetection: {t: {name: b}, condition: s or t}\n",
            "action: repeat\nname: three\ndetection: {t: {name: c}}\n",
            "action: reset\n",
            RULE);
    assertEquals(
        List.of("n", "one", "three", "two"), rules.rules().stream().map(Rule::id).toList());
    assertEquals(
        List.of(Severity.MEDIUM, Severity.HIGH, Severity.LOW, Severity.LOW),
        rules.rules().stream().map(Rule::severity).toList());
    Detection three = (Detection) rules.rules().get(2).logic();
    assertEquals("s or t", three.text());
    assertTrue(three.selections().get("t").toString().contains("[c]"));
  }

  private static final String LISTED =
      RULE.replace("action: create", "image|startswith|expand: '%registries%/'");

  @Test
  void takesValuesFromListsThatLaterFilesReplaceOrAddTo() {
    String list = "list: registries\nvalues: [a.example, 'b*']\n";
    String digest = only(LISTED, list).digest();
    assertEquals(digest, only(list, LISTED).digest());
    assertEquals(
        digest,
        only(RULE.replace("action: create", "image|startswith: ['a.example/', 'b*/']")).digest());
    assertEquals(digest, only(LISTED, "list: registries\nvalues: [x]\n", list).digest());
    assertEquals(
        digest,
        only(
                LISTED,
                "list: registries\nvalues: [a.example]\n",
                "list: registries\nappend: true\nvalues: ['b*']\n")
            .digest());
    assertNotEquals(digest, only(LISTED, "list: registries\nvalues: []\n").digest());
  }

  private static Rule only(String... documents) {
    List<Rule> rules = sound(documents).rules();
    assertEquals(1, rules.size());
    return rules.get(0);
  }

  @Test
  void readsAnEscapedPercentSignAsItself() {
    Rule rule =
        only(RULE.replace("action: create", "name|expand: '\\%a%l%\\%'"), "list: l\nvalues: [x]\n");
    assertTrue(((Detection) rule.logic()).condition().toString().contains("[%ax%]"));
  }

  @Test
  void saysWhichListIsMissing() {
    assertEquals(
        "f.yml:5: no list is called 'registries': did you mean 'registrys'?",
        fault(LISTED, "list: registrys\nvalues: [x]\n"));
    assertEquals(
        "f.yml:5: no list is called 'registries': write a file with 'list: registries' and"
            + " 'values: [...]'",
        fault(LISTED));
    assertEquals(
        "f.yml:3: unknown key 'value' in the list: did you mean 'values'?",
        fault("list: l\nvalues: [x]\nvalue: [y]\n"));
  }

  private static String filter(String rules, String condition) {
    return "title: Own\nlogsource: {product: docker, service: events}\nfilter:\n  rules: "
        + rules
        + "\n  selection: {name: mine}\n  condition: "
        + condition
        + "\n";
  }

  @Test
  void takesAwayWhatAFilterDescribesHoweverItIsWritten() {
    String expected =
        only(RULE.replace("condition: s", "f: {name: mine}\n  condition: s and not f")).digest();
    assertEquals(expected, only(RULE, filter("[n]", "selection")).digest());
    assertEquals(expected, only(filter("[n]", "not selection"), RULE).digest());
    assertEquals(expected, only(RULE, filter("any", "selection")).digest());
    assertEquals(only(RULE).digest(), only(RULE, filter("[other]", "selection")).digest());
  }

  @Test
  void tellsAFilterThatNamesNothing() {
    RuleSet rules =
        sound(RULE.replace("name: n", "name: container"), filter("[contaner]", "selection"));
    assertEquals(
        "f.yml:8: the filter names rule 'contaner', which is not loaded: did you mean 'container'?",
        rules.ignored().get(0).toString());
    String foreign =
        filter("[n]", "selection").replace("docker, service: events", "kubernetes, service: audit");
    assertEquals(
        "f.yml:8: the filter's log source is not that of rule 'n', which stays as it is",
        sound(RULE, foreign).ignored().get(0).toString());
  }

  private static String correlation(String name, String body) {
    return "title: C\nname: " + name + "\ncorrelation:\n" + body.indent(2);
  }

  private static Correlation logic(RuleSet rules, String id) {
    return (Correlation)
        rules.rules().stream()
            .filter(rule -> rule.id().equals(id))
            .findFirst()
            .orElseThrow()
            .logic();
  }

  @Test
  void readsCorrelationsOfCorrelationsInAnyOrder() {
    RuleSet rules =
        sound(
            correlation("top", "type: temporal\nrules: [many, n]\ntimespan: 1h"),
            correlation("many", "type: event_count\nrules: [n]\ntimespan: 5m\ncondition: {gte: 3}"),
            RULE);
    assertEquals(List.of("many", "n", "top"), rules.rules().stream().map(Rule::id).toList());
    assertEquals(List.of(true, true, false), rules.rules().stream().map(Rule::silent).toList());
    assertEquals(70, rules.rules().get(2).horizon().toMinutes());
  }

  @Test
  void refusesACircleOfCorrelations() {
    List<Fault> faults =
        read(
                RULE,
                correlation("a", "type: temporal\nrules: [b, n]\ntimespan: 1h"),
                correlation("b", "type: temporal\nrules: [a, n]\ntimespan: 1h"))
            .faults();
    assertEquals(2, faults.size(), faults.toString());
  }

  @Test
  void readsAliasesRangesAndAggregations() {
    RuleSet rules =
        sound(
            RULE,
            RULE.replace("name: n", "name: m"),
            correlation(
                "c",
                "type: value_avg\nrules: [n, m]\ngroup-by: [who, image]\ntimespan: 2w\n"
                    + "aliases: {who: {n: user, m: name}}\n"
                    + "condition: {field: size, gt: 1.5, lte: 200}"));
    Correlation c = logic(rules, "c");
    assertEquals(Kind.VALUE_AVG, c.kind());
    assertEquals(
        List.of(
            new Logic.Group("who", List.of("user", "name")),
            new Logic.Group("image", List.of("image", "image"))),
        c.groupBy());
    assertEquals("lte 200 and gt 1.5", c.threshold().toString());
    assertEquals(List.of("size"), c.threshold().fields());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: event_cuont, rules: [n], timespan: 1m, condition: {gte: 1}|no correlation is of type 'event_cuont': did you mean 'event_count'?",
        "type: event_count, rules: [n], timespan: 1m, condition: {get: 1}|unknown key 'get' in condition: did you mean 'gt'?",
        "type: event_count, rules: [n], timespan: 1m, condition: {}|condition needs a comparison: use one of [lt, lte, gt, gte, eq, neq]",
        "type: event_count, rules: [n], timespan: 1 minute, condition: {gte: 1}|timespan '1 minute': write a number and s, m, h, d or w, such as 5m",
        "type: event_count, rules: [n], timespan: 1m, condition: {gte: many}|'many' is no number such as 5 or 2.5",
        "type: value_count, rules: [n], timespan: 1m, condition: {gte: 1}|condition has no 'field': add it",
        "type: temporal, rules: [n], timespan: 1m, alias: {}|unknown key 'alias' in correlation: did you mean 'aliases'?",
        "type: temporal, rules: [n], timespan: 1m, group-by: [x], aliases: {x: {m: y}}|'m' in alias 'x' is no rule of this correlation",
        "type: temporal, rules: [n], timespan: 1m, condition: n and m|condition: 'm' is none of its rules: use one of n",
        "type: temporal_ordered, rules: [n], timespan: 1m, condition: n or n|condition: an order needs each of its rules once, joined by 'and' or 'and not'",
        "type: value_percentile, rules: [n], timespan: 1m, condition: {field: x, percentile: 101, gt: 1}|percentile: use a number from 0 to 100",
      })
  void saysWhatIsWrongWithACorrelation(String body, String message) {
    String told = fault(RULE, "title: C\nname: c\ncorrelation: {" + body + "}\n");
    assertEquals(message, told.replaceFirst("f.yml:\\d+: ", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "action;contians: x|unknown modifier 'contians' in 'action;contians': did you mean 'contains'?",
        "action;i: x|unknown modifier 'i' in 'action;i': it goes behind re, ;re;i",
        "action;contains;endswith: x|'action;contains;endswith' has two modifiers that exclude each other: keep one of them",
        "action: [x, null]|null is no value of a list: give it a selection of its own, and join them by 'or'",
        "action;contains: null|null is no text: take the modifiers of 'action' away",
        "action;base64: 'a*'|'a*': a wildcard can't be encoded: escape it, \\* or \\?",
        "action;cidr: 10.0.0.0/33|'10.0.0.0/33' is no network: write 10.0.0.0/8 or fd00::/8",
        "action;lt: ten|'ten' is no number: lt, lte, gt and gte compare numbers",
        "action;exists: maybe|'maybe' after exists: use true or false",
        "action: []|an empty list in 's': write a value or take it away",
        "action: {a: b}|'action' is a map: name the inner field with a dot, a.b",
        "action;windash: '-a -b -c -d -e'|windash: '-a -b -c -d -e' has more than 4 dashes: write it in parts",
      })
  void saysWhatIsWrongWithASelection(String selection, String message) {
    String told = fault(RULE.replace("action: create", selection.replace(';', '|')));
    assertEquals("f.yml:5: " + message.replace(';', '|'), told);
  }

  @Test
  void suggestsWhatAKeyOfADetectionWasMeantToBe() {
    assertEquals(
        "f.yml:6: unknown key 'conditon' in detection: did you mean 'condition'?",
        fault(RULE.replace("condition: s", "conditon: s")));
    assertEquals(
        "f.yml:5: unknown key 'selecton' in detection: did you mean 'selection'?",
        fault(
            RULE.replace(
                "s: {action: create}\n  condition: s",
                "selecton: {action: x}\n  selection: {action: create}\n  condition: selection")));
  }
}
