package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledRulesTest {
  private static final String RULE =
      Engines.docker("r", "s: {action: create}\nt: {name|endswith: -1}\ncondition: s and not t");

  @TempDir Path directory;

  private Path cache() {
    return directory.resolve("cache");
  }

  private static boolean fires(CompiledRules rules) {
    try (EsperRuleEngine engine = rules.engine(Lateness.usual())) {
      return !engine.accept(TestEvent.docker("1", 1).with("action", "create")).isEmpty();
    }
  }

  private List<Path> modules() throws IOException {
    try (var files = Files.list(cache())) {
      return files.filter(file -> !file.endsWith("key")).toList();
    }
  }

  @Test
  void writesEplThatPeopleCanRead() {
    assertEquals(
        """
        @name('r')
        select * from Offer(rule = 'r'
          and (views.equal('action', 'create').found()
            and not (views.endsWith('name', '-1').found())))
        """,
        Engines.compiled(RULE).epl("r"));
  }

  @Test
  void keepsModulesUnderAKeyThatOnlyItsOwnerReads() throws IOException {
    assertTrue(fires(CompiledRules.of(RuleSet.of("r.yml", RULE), cache())));
    Path module = modules().get(0);
    Object written = Files.getLastModifiedTime(module);
    assertTrue(fires(CompiledRules.of(RuleSet.of("r.yml", RULE), cache())));
    assertEquals(written, Files.getLastModifiedTime(module));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(cache().resolve("key"))));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())));
  }

  @Test
  void compilesAgainWhatItsKeyDoesNotSeal() throws IOException {
    CompiledRules.of(RuleSet.of("r.yml", RULE), cache());
    Path module = modules().get(0);
    byte[] sound = Files.readAllBytes(module);
    for (int at : new int[] {0, 40, sound.length - 1}) {
      byte[] forged = sound.clone();
      forged[at] ^= 1;
      Files.write(module, forged);
      assertTrue(fires(CompiledRules.of(RuleSet.of("r.yml", RULE), cache())));
      assertFalse(java.util.Arrays.equals(forged, Files.readAllBytes(module)));
    }
    Files.write(module, new byte[3]);
    assertTrue(fires(CompiledRules.of(RuleSet.of("r.yml", RULE), cache())));
  }

  @Test
  void doesWithoutACacheThatItCannotUse() throws IOException {
    Files.writeString(cache(), "a file where the directory should be");
    assertTrue(fires(CompiledRules.of(RuleSet.of("r.yml", RULE), cache())));
  }

  @Test
  void runsExamplesThroughARealEngine() {
    String record =
        "{\"Type\":\"container\",\"Action\":\"ACTION\",\"Actor\":{\"ID\":\"c\"},\"timeNano\":5}";
    String yaml =
        RULE
            + "examples:\n  - {name: right, fires: 1, records: ['"
            + record.replace("ACTION", "create")
            + "']}\n"
            + "  - {name: wrong, fires: 1, records: ['"
            + record.replace("ACTION", "start")
            + "']}\n"
            + "  - {name: broken, fires: 0, records: ['{']}\n";
    List<ExampleResult> results = Examples.run(Engines.compiled(yaml));
    assertEquals(List.of(true, false, false), results.stream().map(ExampleResult::passes).toList());
    assertEquals("test.yml:10: r: wrong: raised 0 of 1 alerts", results.get(1).message());
    assertTrue(results.get(2).message().startsWith("test.yml:11: r: broken: not JSON"));
  }
}
