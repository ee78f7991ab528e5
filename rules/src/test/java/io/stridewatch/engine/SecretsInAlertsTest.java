package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.AuditEvent;
import io.stridewatch.Evidence;
import io.stridewatch.Sha256;
import io.stridewatch.Source;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Alerts about records that hold secrets: each paragraph of {@code planted.txt} is a source, the
 * values that were planted, and the record; most were recorded so, the rest was put together from
 * recorded ones.
 */
class SecretsInAlertsTest {
  /** All that a summary could repeat a value by. */
  private static final String SUMMARY =
      "{actor} {target} {command} {argv} {env} {Action} {Config.Labels.com.example.password}"
          + " {requestURI} {requestObject.data.db.properties} {cmd} {proctitle} {a1} {secrets}";

  private record Planted(Source source, List<String> values, String raw) {
    static Planted of(String paragraph) {
      int end = paragraph.indexOf('\n');
      List<String> words = Arrays.asList(paragraph.substring(0, end).split(" "));
      return new Planted(
          Source.of(words.get(0)), words.subList(1, words.size()), paragraph.substring(end + 1));
    }
  }

  private static Stream<Planted> planted() throws IOException {
    try (InputStream in = SecretsInAlertsTest.class.getResourceAsStream("planted.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.strip().split("\n\n")).map(Planted::of);
    }
  }

  private static Alert alert(Source source, String raw) {
    String[] product =
        switch (source) {
          case DOCKER -> new String[] {"docker", "events"};
          case AUDITD -> new String[] {"linux", "auditd"};
          default -> new String[] {"kubernetes", "audit"};
        };
    String rule =
        Engines.rule("r", product[0], product[1], "s: {source: '*'}\ncondition: s")
            + "summary: '"
            + SUMMARY
            + "'\ngroup: '{command}'\n";
    AuditEvent event = Decoders.decode(source, "vm", raw.getBytes(StandardCharsets.UTF_8));
    try (EsperRuleEngine engine = Engines.of(rule)) {
      return engine.accept(event).get(0);
    }
  }

  @TestFactory
  Stream<DynamicTest> neverRepeatsAValueAndSaysWhereItWas() throws IOException {
    return planted()
        .map(
            record ->
                DynamicTest.dynamicTest(
                    record.source + " " + record.values.get(0), () -> check(record)));
  }

  private static void check(Planted planted) throws IOException {
    Alert alert = alert(planted.source, planted.raw);
    String line = AlertJson.line(alert);
    for (String value : planted.values) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      String hex = HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
      assertTrue(planted.raw.contains(value) || planted.raw.contains(hex) || isInPieces(planted));
      assertFalse(line.contains(value), line);
      assertFalse(line.contains(hex), line);
    }
    Evidence evidence = alert.evidence().get(0);
    byte[] raw = planted.raw.getBytes(StandardCharsets.UTF_8);
    assertTrue(evidence.raw().contains("***"));
    assertFalse(evidence.masked().isEmpty());
    assertEquals(Sha256.hex(raw), evidence.sha256());
    assertEquals(raw.length, evidence.size());
    assertRestIsAsItWas(planted.raw, evidence.raw());
    if (planted.source != Source.AUDITD) {
      for (String json : evidence.raw().split("\n")) {
        assertTrue(new ObjectMapper().readTree(json).isObject());
      }
    }
  }

  private static boolean isInPieces(Planted planted) {
    return planted.raw.contains("a1[1]=");
  }

  /** What stands between the masks stands in the record, in that order. */
  private static void assertRestIsAsItWas(String raw, String masked) {
    int at = 0;
    for (String kept : masked.split("\\*\\*\\*")) {
      int found = raw.indexOf(kept, at);
      assertTrue(found >= 0, kept);
      at = found + kept.length();
    }
    assertTrue(raw.startsWith(masked.substring(0, masked.indexOf("***"))));
  }

  @Test
  void saysPlacesAsPaths() throws IOException {
    List<Planted> all = planted().toList();
    assertEquals(List.of("inspect.Config.Env[0]"), places(all, "s3cr3t-pw-41"));
    assertEquals(
        List.of("inspect.Config.Env[0]", "authz.RequestBody"), places(all, "Tr0ub4dor-and-3"));
    assertEquals(
        List.of(
            "Actor.Attributes.com.example.password", "inspect.Config.Labels.com.example.password"),
        places(all, "l4bel-pw-91"));
    assertEquals(
        List.of("Action", "inspect.ProcessConfig.arguments[1]"), places(all, "hunter2-typed"));
    assertEquals(List.of("inspect.Options.o"), places(all, "cifs-invented-pw"));
    assertEquals(List.of("requestURI.command"), places(all, "S3cretquery"));
    assertEquals(
        List.of(
            "requestObject[0].value",
            "requestObject[1].value.kubectl.kubernetes.io/last-applied-configuration"
                + ".spec.containers[0].env[0].value"),
        places(all, "patched-invented-pw"));
    assertEquals(
        List.of("EXECVE.a1", "PROCTITLE.proctitle"), places(all, "split-invented-password"));
    assertEquals(List.of("USER_CMD.cmd"), places(all, "sudo-invented-pw"));
  }

  private static List<String> places(List<Planted> all, String value) {
    Planted planted =
        all.stream().filter(one -> one.values.contains(value)).findFirst().orElseThrow();
    return alert(planted.source, planted.raw).evidence().get(0).masked();
  }

  @Test
  void masksAnExecsPasswordInItsNameToo() {
    String raw =
        "{\"Type\":\"container\",\"Action\":\"exec_create: mysql -phunter2-typed\",\"Actor\":{\"ID\":"
            + "\"d8e3\",\"Attributes\":{}},\"timeNano\":1795234217790827630}";
    Evidence evidence = alert(Source.DOCKER, raw).evidence().get(0);
    assertEquals("1795234217790827630/container/exec_create: mysql -p***/d8e3", evidence.ref());
    assertEquals(evidence.ref(), evidence.id());
  }
}
