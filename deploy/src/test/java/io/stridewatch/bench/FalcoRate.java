package io.stridewatch.bench;

import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.RuleSet;
import java.util.List;

/**
 * An API server's log through 48 rules in Falco's form, and through each of them ten times under
 * other names, alerts and all.
 */
final class FalcoRate implements Measure {
  private static final List<String> RESOURCES =
      List.of(
          "pods",
          "deployments",
          "services",
          "configmaps",
          "namespaces",
          "serviceaccounts",
          "roles",
          "clusterroles",
          "rolebindings",
          "clusterrolebindings",
          "secrets",
          "nodes");
  private static final String HEAD =
      """
      - list: stages
        items: [ResponseComplete]
      - macro: done
        condition: (jevt.value[/stage] in (stages))
      - macro: person
        condition: (not ka.user.name startswith "system:")
      - macro: allowed
        condition: (ka.response.code startswith 2)
      """;
  private static final String RULE =
      """
      - rule: %s %s %d
        desc: of a benchmark
        condition: done and ka.verb=%s and ka.target.resource=%s and person and allowed
        output: done (user=%%ka.user.name what=%%ka.target.name ns=%%ka.target.namespace resp=%%ka.response.code)
        priority: INFO
        source: k8s_audit
      """;

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    return List.of(
        row("48 rules in Falco's form", 1, "133,000", bench),
        row("48 rules in Falco's form, ten times over", 10, "100,000", bench));
  }

  private static Row row(String what, int times, String must, Workbench bench) throws Exception {
    CompiledRules rules = bench.compiled(rules(times));
    long[] events = new long[1];
    double seconds =
        CpuClock.best(
            bench.rounds(),
            () -> events[0] = Played.through(rules, bench.kubernetes(), null).events());
    double rate = events[0] / seconds;
    double wanted = Double.parseDouble(must.replace(",", ""));
    return new Row(
        what, Row.number(rate) + " events/CPU s", "", Row.ratio(rate / wanted), ">= " + must);
  }

  private static RuleSet rules(int times) {
    StringBuilder text = new StringBuilder(HEAD);
    for (int copy = 0; copy < times; copy++) {
      for (String resource : RESOURCES) {
        for (String verb : List.of("create", "delete", "get", "patch")) {
          text.append(RULE.formatted(verb, resource, copy, verb, resource));
        }
      }
    }
    return RuleSet.of("bench.yaml", text.toString());
  }
}
