package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.stream.RuleFaults;
import io.stridewatch.stream.RulesAsked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleReportTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final RulesAsked ASKED =
      new RulesAsked(
          "9827d302129ba99f",
          "one",
          NOON.minusSeconds(60),
          List.of(
              new RulesAsked.Memory("old", "1", Duration.ofDays(1), null),
              new RulesAsked.Memory("young", "2", Duration.ofHours(6), NOON.minusSeconds(60)),
              new RulesAsked.Memory("grown", "3", Duration.ofSeconds(59), NOON.minusSeconds(60))));
  private static final RuleFaults FAULTS =
      new RuleFaults("two", NOON, List.of("a.yml:3: no such modifier"));

  private static RuleReport report(RulesAsked asked) {
    return new RuleReport(Optional.ofNullable(asked), List.of(FAULTS), NOON);
  }

  @Test
  void saysWhoseRulesAreInForceAndWhichHaveNotSeenAllThatTheyLookBackOn() {
    assertEquals(
        List.of(
            "",
            "rules in force: set 9827d302129b, said by detection one, since 2026-11-21T11:59:00.000000000Z",
            "  young has been seeing since 2026-11-21T11:59:00.000000000Z, and looks back 6h 0m",
            "",
            "RULES LEFT OUT, or as they were, by detection two since 2026-11-21T12:00:00.000000000Z:",
            "  a.yml:3: no such modifier"),
        report(ASKED).text());
  }

  @Test
  void tellsProgramsTheSame() {
    assertEquals(
        List.of(
            "{\"rulesInForce\":\"9827d302129ba99f\",\"by\":\"one\",\"since\":\"2026-11-21T11:59:00.000000000Z\"}",
            "{\"youngRule\":\"young\",\"since\":\"2026-11-21T11:59:00.000000000Z\",\"back\":\"PT6H\"}",
            "{\"ruleFault\":\"a.yml:3: no such modifier\",\"member\":\"two\",\"since\":\"2026-11-21T12:00:00.000000000Z\"}"),
        report(ASKED).json());
  }

  @Test
  void saysNothingOfRulesBeforeAnybodyHas() {
    assertEquals(3, report(null).text().size());
    assertEquals(1, report(null).json().size());
  }
}
