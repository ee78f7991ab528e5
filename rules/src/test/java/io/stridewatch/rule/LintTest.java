package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Source;
import io.stridewatch.event.DerivedFields;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
  private static RuleSet rules(String detection, String more) {
    return RuleSet.of(
        "f.yml",
        "title: T\nname: n\nlogsource: {product: kubernetes, service: audit}\nstride: [tampering]\n"
            + "remedy: Do.\nexamples: [{fires: 1, records: [x]}, {fires: 0, records: [x]}]\n"
            + more
            + "detection:\n"
            + detection.replace("; ", "\n").replace('!', '|').indent(2));
  }

  private static List<String> findings(String detection, String more) {
    RuleSet rules = rules(detection, more);
    assertEquals(List.of(), rules.faults());
    return Lint.of(rules).stream().map(Fault::message).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s: {verb: create, requestObject.spec.x.y: 1, user.username: a, hour(time): 3, a: null}; condition: s|no event of kubernetes has a field 'a': see 'stridewatch rules fields --source kubernetes'",
        "s: {verb: create, privilegd: 'true'}; condition: s|no event of kubernetes has a field 'privilegd': did you mean 'privileged'?",
        "s: {verb: create, objectRef.resorce: pods}; condition: s|no event of kubernetes has a field 'objectRef.resorce': did you mean 'objectRef.resource'?",
        "s: {verb: create, name!fieldref: nameze}; condition: s|no event of kubernetes has a field 'nameze': did you mean 'name'?",
        "s: {verb: create}; t: {verb: [delete, patch]}; condition: s and t|it can never be true that verb is 'create', and verb is 'delete' or 'patch': change one of them",
        "s: {verb: create}; t: {name: x}; condition: s and t and not s|it can never be true that verb is 'create', and not: change one of them",
        "s: {verb: create, code!gt: 5, code!lt: 3}; condition: s|it can never be true that code is more than '5', and code is less than '3': change one of them",
        "s: {name!re: 'x.*'}; condition: s|it looks at every event (name matches 'x.*'): add a field that must equal a value, such as verb or resource, to that selection",
        "s: {verb: create}; t: {name!contains: x}; condition: s or t|it looks at every event (name contains 'x'): add a field that must equal a value, such as verb or resource, to that selection",
        "s: [a, b]; condition: s|it looks at every event (keywords alone): add a field that must equal a value, such as verb or resource, to that selection",
      })
  void findsWhatIsWrongWithADetection(String detection, String finding) {
    assertEquals(List.of("n: " + finding), findings(detection, ""));
  }

  @Test
  void findsNothingWrongWithASoundRule() {
    String detection = "s: {verb: [create, patch], code!gte: 400, code!lt: 500}; condition: s";
    assertEquals(List.of(), findings(detection, "summary: '{actor} {name} {objectRef.uid}'\n"));
    assertEquals(
        List.of("n: no event of kubernetes has a field 'nam': did you mean 'name'?"),
        findings(detection, "summary: '{actor} {nam}'\n"));
  }

  @Test
  void notesCustomKeys() {
    RuleSet rules = rules("s: {verb: create}; condition: s", "simulation: [x]\n");
    assertEquals(List.of(), Lint.of(rules));
    assertEquals(
        List.of("n: note: 'simulation' is a key of its own, left alone"),
        Lint.notes(rules).stream().map(Fault::message).toList());
  }

  @Test
  void describesOnlyFieldsThatThereAre() {
    for (Source source : List.of(Source.DOCKER, Source.AUDITD, Source.KUBERNETES)) {
      TreeSet<String> described = new TreeSet<>(FieldReference.described(source));
      described.removeAll(DerivedFields.of(source));
      described.remove("time");
      assertEquals(List.of(), List.copyOf(described), source.label());
      assertTrue(FieldReference.own(source).size() > 30, source.label());
    }
  }

  @Test
  void readsTheThreatModel() {
    assertTrue(ThreatModel.rows().size() > 40);
    assertEquals(3, ThreatModel.rows().get(0).signals().size());
  }
}
