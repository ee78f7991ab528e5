package io.stridewatch.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Excerpts of recordings, each with what was done while it was made. */
class ScoreTest {
  private static final CompiledRules PACK = CompiledRules.of(RuleSet.builtInAtWork(), null);

  private static Score of(String name) throws IOException, URISyntaxException {
    Path excerpts = Path.of(ScoreTest.class.getResource("excerpts").toURI());
    Part part =
        Part.below(excerpts).stream().filter(one -> one.name().equals(name)).findFirst().get();
    return Score.of(part, PACK);
  }

  @Test
  void findsEachAttackOfTheClusterAndLeavesOrdinaryLifeAlone() throws Exception {
    Score score = of("cluster realistic");
    assertEquals(List.of(), score.faults());
    assertEquals(5, score.whole());
    assertEquals(3, score.quiet());
  }

  @Test
  void findsThemWhereTheAuditPolicyKeepsNoBody() throws Exception {
    Score score = of("cluster metadata");
    assertEquals(List.of(), score.faults());
    assertEquals(5, score.whole());
  }
}
