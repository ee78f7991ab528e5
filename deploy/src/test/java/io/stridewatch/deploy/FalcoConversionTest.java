package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Source;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import io.stridewatch.rule.Conversion;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Falco's rules and what {@code rules convert} writes of them raise the same alerts, to the byte.
 * {@code -Dcorpora=DIR} takes all Kubernetes recordings below a directory rather than an excerpt,
 * {@code -Dfalco=FILE} a rule file of Falco's, such as the shipped k8s_audit_rules.yaml, rather
 * than our own.
 */
class FalcoConversionTest {
  private static final Set<String> RAISED = new TreeSet<>();

  @TempDir private static Path directory;
  private static CompiledRules falcos;
  private static CompiledRules converted;

  @BeforeAll
  static void compile() throws IOException {
    String file = System.getProperty("falco");
    String text = file == null ? resource("falco-rules.yaml") : Files.readString(Path.of(file));
    RuleSet rules = sound(RuleSet.of("falco.yaml", text));
    Conversion conversion = Conversion.of(rules, Map.of("falco.yaml", text));
    assertEquals(List.of(), conversion.faults());
    RuleSet ours = sound(RuleSet.of("ours.yml", conversion.text()));
    assertEquals(rules.rules().size(), ours.rules().size());
    falcos = CompiledRules.of(rules, null);
    converted = CompiledRules.of(ours, null);
  }

  @AfterAll
  static void manyRulesHaveSpoken() {
    assertTrue(RAISED.size() >= 10, RAISED::toString);
  }

  private static RuleSet sound(RuleSet rules) {
    assertEquals(List.of(), rules.faults());
    return rules;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = FalcoConversionTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static List<Path> recordings() throws IOException {
    String corpora = System.getProperty("corpora");
    if (corpora == null) {
      Path excerpt = directory.resolve("kubernetes-rbac.log.gz");
      try (InputStream in =
          FalcoConversionTest.class.getResourceAsStream("replay/kubernetes-rbac.log.gz")) {
        Files.write(excerpt, in.readAllBytes());
      }
      return List.of(excerpt);
    }
    try (Stream<Path> files = Files.walk(Path.of(corpora))) {
      return files.filter(FalcoConversionTest::ofKubernetes).sorted().toList();
    }
  }

  /** A recording, as its name and its first bytes tell, and not what is expected of one. */
  private static boolean ofKubernetes(Path file) {
    String name = file.getFileName().toString();
    if (!name.matches("(?!expected).*\\.(log|jsonl?)(\\.gz)?")) {
      return false;
    }
    boolean[] found = new boolean[1];
    try (Recording recording = Recording.open(List.of(file.toString()), null, "-")) {
      recording.forEach(event -> found[0] |= event.source() == Source.KUBERNETES, line -> {});
    } catch (IOException e) {
      return false;
    }
    return found[0];
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void raisesTheSameAlertsInEitherForm(Path recording) throws IOException {
    assertEquals(alerts(falcos, recording), alerts(converted, recording));
  }

  private static List<String> alerts(CompiledRules rules, Path file) throws IOException {
    List<Alert> alerts = new ArrayList<>();
    Replay replay = new Replay(rules.engine(Lateness.usual()), Instant.MIN, Instant.MAX, null);
    try (Recording recording = Recording.open(List.of(file.toString()), null, "-")) {
      replay.run(recording, alerts::add, line -> {});
    }
    alerts.forEach(alert -> RAISED.add(alert.rule()));
    return alerts.stream().map(AlertJson::line).toList();
  }
}
