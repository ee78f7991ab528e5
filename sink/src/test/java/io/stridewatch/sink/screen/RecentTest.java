package io.stridewatch.sink.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import org.junit.jupiter.api.Test;

class RecentTest {
  @Test
  void ofManyAlertsTheNewestAreKeptAndTheOthersCounted() {
    Person person = new Person(80, 24);
    for (int i = 0; i < Recent.MOST + 7; i++) {
      person.browser.alert(Person.alert(i, Severity.LOW, "user" + i, "user" + i + " did it"));
    }
    assertEquals("10000 rows of 10007 alerts, 7 older not kept", person.line(0));
    person.types("g");
    assertTrue(person.chosen().contains("user7 did it"), person.chosen());
  }

  @Test
  void ofLargeAlertsFewerAreKept() {
    Recent recent = new Recent();
    String raw = "x".repeat(500_000);
    for (int i = 0; i < 100; i++) {
      recent.add(SampleAlerts.numbered(i, raw), alert -> {});
    }
    assertEquals(83, recent.alerts().size());
    assertEquals(17, recent.dropped());
  }

  @Test
  void oneThatIsTooLargeIsKeptAlone() {
    Recent recent = new Recent();
    recent.add(SampleAlerts.numbered(1), alert -> {});
    recent.add(SampleAlerts.numbered(2, "x".repeat((int) Recent.MOST_BYTES)), alert -> {});
    assertEquals(1, recent.alerts().size());
  }
}
