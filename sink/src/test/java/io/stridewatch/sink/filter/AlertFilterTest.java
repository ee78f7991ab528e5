package io.stridewatch.sink.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.SampleAlerts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertFilterTest {
  /** By alice, high, tampering, on vm1. */
  private static final Alert ALERT = SampleAlerts.numbered(7);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "severity>=high",
        "severity>=high and user~alice",
        "severity>medium and severity<critical",
        "severity<=high",
        "severity=HIGH",
        "user=Alice",
        "scope=vm2 or scope=vm1",
        "scope=vm2 and scope=vm3 or scope=vm1",
        "not scope=vm2",
        "not (scope=vm1 and user=bob)",
        "((stride=tampering))",
        "summary=\"alert number 7\"",
        "text~audit(",
        "text~\"syscall=257\"",
        "target=/etc/docker/daemon.json",
        "target.kind=file and actor.uid=0",
        "actor.none!=x",
        "threat=D-T1 and threat=D-R1",
        "source=auditd",
        "count>=1 and count<2",
        "time>2026-11-21T03 and time<2026-11-21T04",
      })
  void wants(String filter) {
    assertTrue(AlertFilter.of(filter.replace("audit(", "\"audit(\"")).test(ALERT), filter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "severity>high",
        "severity<high",
        "user!=alice",
        "user!~ali",
        "scope=vm2",
        "not scope=vm1",
        "severity>=high and user=bob",
        "actor.none=x",
        "count>1",
      })
  void doesNotWant(String filter) {
    assertTrue(!AlertFilter.of(filter).test(ALERT), filter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "severity>=hgh;11",
        "sverity=high;1",
        "severity;9",
        "severity>=;11",
        "severity>=high user=x;16",
        "severity>=high and;19",
        "(severity=high;15",
        "severity=high);14",
        "user>alice;5",
        "user=\"alice;6",
        "user=a & b;8",
        "=x;1",
        "count>many;7",
        "user=(x);6",
      })
  void pointsAtWhatIsWrong(String filter, int column) {
    var e = assertThrows(FilterFaultException.class, () -> AlertFilter.of(filter));
    assertTrue(e.getMessage().startsWith("filter, column " + column + ": "), e.getMessage());
    String[] lines = e.getMessage().split("\\R");
    assertEquals("  " + filter, lines[1]);
    assertEquals(column + 1, lines[2].indexOf('^'));
  }

  @Test
  void anEmptyOneLacksAField() {
    var e = assertThrows(FilterFaultException.class, () -> AlertFilter.of(" "));
    assertTrue(e.getMessage().contains("a field is missing"), e.getMessage());
  }

  @Test
  void whatIsNestedTooDeepIsToldRatherThanTried() {
    String deep = "(".repeat(100_000);
    assertThrows(FilterFaultException.class, () -> AlertFilter.of(deep));
    assertThrows(FilterFaultException.class, () -> AlertFilter.of("not ".repeat(100_000)));
  }
}
