package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lint says of conditions that Falco answers, but hardly as their author meant. */
class FalcoLintTest {
  private static String rule(String condition) {
    return "- rule: R\n  desc: d\n  condition: "
        + condition
        + "\n  output: o\n  priority: NOTICE\n  source: k8s_audit\n";
  }

  private static List<Fault> findings(String text) {
    RuleSet rules = RuleSet.of("f.yaml", text);
    assertEquals(List.of(), rules.faults());
    return Lint.of(rules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ka.verb = get and ka.sourceips intersects (10.0.0.1) | jevt.value[/sourceIPs/0]",
        "ka.verb = get and ka.response.code >= 400 | compares texts",
        "ka.verb = get and ka.user.name != anyof (a, b) | != allof (a, b)",
        "ka.verb = get and tolower(ka.user.groups) intersects (dev) | never true",
        "ka.verb = create and ka.req.pod.containers.add_capabilities intersects (SYS_ADMIN) | contains '\"SYS_ADMIN\"'",
        "ka.verb = create and ka.req.pod.containers.image.repository in (localhost:5000/x) | first colon",
        "ka.verb = create and ka.req.pod.containers.image intersects (evil) | hides the others",
        "ka.verb = create and ka.req.pod.containers.eff_run_as_user in (0) | run_as_user",
        "ka.verb = create and ka.req.binding.subject.has_name[bob] = true | user_names intersects",
        "ka.verb = get and ka.uri.param[command] = sh | ka.uri contains",
        "ka.verb = get and ka.user.name = ka.target.name | val(ka.target.name)",
        "ka.verb = get and not ka.user.name != ka.target.name | val(ka.target.name)",
        "ka.target.resource = deployments and ka.req.pod.host_pid intersects (true) | template"
      })
  void namesThePlaceAndTheMendedForm(String condition, String advice) {
    List<Fault> findings = findings(rule("'" + condition.replace("'", "''") + "'"));
    assertEquals(1, findings.size(), findings.toString());
    assertTrue(findings.get(0).toString().startsWith("f.yaml:1: rule R: "), findings.toString());
    assertTrue(findings.get(0).message().contains(advice), findings.toString());
  }

  @Test
  void isSilentAboutWhatMeansWhatItSays() {
    assertEquals(
        List.of(),
        findings(
            rule(
                "ka.verb = create and not ka.req.pod.containers.image.repository in (nginx)"
                    + " and len(ka.user.groups) > 1 and ka.response.code startswith 4")));
  }

  @Test
  void namesTheMacroAndTheListWhereItIsTheirs() {
    List<Fault> findings =
        findings(
            "- macro: m\n  condition: ka.response.code > 400\n- list: l\n  items: ['a,b']\n"
                + rule("ka.verb = get and m and ka.user.name in (l)"));
    assertEquals(
        List.of("macro m", "list l: item a,b is taken for two"),
        findings.stream().map(f -> f.message().split(": write|: ka")[0]).toList());
  }

  @Test
  void namesListsThatTakeThePlaceOfATextThatWasMeant() {
    String lists =
        "- list: alice\n  items: [bob]\n- macro: m\n  condition: ka.verb = 'a alice b'\n";
    List<Fault> findings =
        findings(lists + rule("m and ka.user.name = alice and ka.verb = 'alice'"));
    assertEquals(
        List.of(
            "macro m: the list alice takes the place of its name within a quoted text: give the list"
                + " another name",
            "rule R: = alice means what stands in the list of that name: write in (alice), or"
                + " \"alice\" for the text"),
        findings.stream().map(Fault::message).toList());
  }

  @Test
  void isSilentAboutPodsFieldsWherePodsMayBeMeant() {
    assertEquals(
        List.of(),
        findings(
            rule(
                "ka.target.resource in (pods, deployments) and ka.req.pod.host_pid intersects"
                    + " (true)")));
  }

  @Test
  void saysWhatASkippedRuleLacks() {
    List<Fault> findings = findings(rule("ka.nosuch = x") + "  skip-if-unknown-filter: true\n");
    assertEquals(
        "rule R: skipped, as skip-if-unknown-filter asks: no field ka.nosuch",
        findings.get(0).message());
  }

  @Test
  void seesAnAndThatWasAppendedToAnOr() {
    List<Fault> findings =
        findings(
            rule("ka.verb = get or ka.verb = list")
                + "- rule: R\n  condition: and ka.user.name = bob\n  override: {condition: append}\n");
    assertTrue(findings.get(0).message().contains("binds only"), findings.toString());
  }
}
