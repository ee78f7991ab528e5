package io.stridewatch.sink.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Severity;
import io.stridewatch.sink.screen.Key.Name;
import io.stridewatch.sink.view.Remark;
import io.stridewatch.sink.view.Silence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrowserTest {
  private final Person person = new Person(80, 24);

  @BeforeEach
  void threeAlerts() {
    person.sees(
        Person.alert(1, Severity.HIGH, "alice", "alice did it"),
        Person.alert(2, Severity.LOW, "bob", "bob did it"),
        Person.alert(3, Severity.CRITICAL, "carol", "carol did it"));
  }

  @Test
  void followsTheNewestUntilThePersonMovesAway() {
    assertTrue(person.chosen().contains("carol"));
    person.sees(Person.alert(4, Severity.LOW, "dave", "dave did it"));
    assertTrue(person.chosen().contains("dave"));
    person.presses(Name.UP);
    person.sees(Person.alert(5, Severity.LOW, "erin", "erin did it"));
    assertTrue(person.chosen().contains("carol"));
    person.presses(Name.END);
    assertTrue(person.chosen().contains("erin"));
  }

  @Test
  void lettersMoveAsArrowsDo() {
    person.types("g");
    assertTrue(person.chosen().contains("alice"));
    person.types("j");
    assertTrue(person.chosen().contains("bob"));
    person.types("kG");
    assertTrue(person.chosen().contains("carol"));
  }

  @Test
  void aRepeatedAlertIsCountedInItsRow() {
    person.sees(Person.alert(4, Severity.HIGH, "alice", "alice did it"));
    assertTrue(person.line(1).contains("alice did it  x2 since 09:00:01"), person.line(1));
    assertTrue(person.line(0).startsWith("3 rows of 4 alerts"));
  }

  @Test
  void aRepeatedAlertWhoseRowIsNotSeenComesAsTheNewest() {
    for (int i = 4; i < 40; i++) {
      person.sees(Person.alert(i, Severity.LOW, "user" + i, "user" + i + " did it"));
    }
    person.sees(Person.alert(40, Severity.HIGH, "alice", "alice did it"));
    assertTrue(person.chosen().contains("alice did it  x2 since 09:00:01"), person.chosen());
  }

  @Test
  void filtersAsOneTypesAndKeepsTheLastGoodFilter() {
    person.types("/severity>=high");
    assertEquals("severity>=high", person.browser.filter());
    assertEquals(2, person.browser.rows().stories());
    person.types(" and user~c");
    assertEquals(2, person.browser.rows().stories());
    person.types("ar");
    assertEquals(1, person.browser.rows().stories());
    person.types(" or");
    assertEquals(1, person.browser.rows().stories());
    assertEquals(31, person.browser.prompt().fault().column());
    person.presses(Name.BACKSPACE, Name.BACKSPACE, Name.BACKSPACE, Name.ENTER);
    assertEquals("severity>=high and user~car", person.browser.filter());
    person.presses(Name.ESCAPE);
    assertEquals(3, person.browser.rows().stories());
  }

  @Test
  void aFilterThatIsLeftIsAsItWasBefore() {
    person.types("/user=bob");
    person.presses(Name.ENTER);
    person.types("/");
    person.presses(Name.CLEAR);
    assertEquals(3, person.browser.rows().stories());
    person.presses(Name.ESCAPE);
    assertEquals("user=bob", person.browser.filter());
  }

  @Test
  void aFilterCountsAgainWhatIsKept() {
    person.sees(Person.alert(4, Severity.LOW, "alice", "alice did it"));
    person.types("/severity=low");
    person.presses(Name.ENTER);
    assertTrue(person.line(0).startsWith("2 rows of 2 alerts   / severity=low"));
    assertFalse(person.line(1).contains("x2"), person.line(1));
  }

  @Test
  void opensAnAlertWithItsEvidenceAndGoesBack() {
    person.presses(Name.ENTER);
    String text = String.join("\n", person.lines());
    assertTrue(text.contains("alert 00000000000000000000000000000003"), text);
    assertTrue(text.contains("decoded syscall=openat"), text);
    assertTrue(text.contains("raw     type=SYSCALL msg=audit(1795232830.123:1892)"), text);
    person.presses(Name.ESCAPE);
    assertTrue(person.chosen().contains("carol"));
  }

  @Test
  void acknowledgesTheChosenAlertAndMarksItWhenAllKnow() {
    person.types("ka");
    assertEquals(
        List.of(new Request.Say(Remark.Kind.ACK, "%032x".formatted(2), "")),
        person.browser.requests());
    person.sees(new Remark(Remark.Kind.ACK, "%032x".formatted(2), Person.TIME, "me", ""));
    assertTrue(person.chosen().startsWith(">✓"), person.chosen());
  }

  @Test
  void anEmptyNoteIsNone() {
    person.types("n");
    person.presses(Name.ENTER);
    assertEquals(List.of(), person.browser.requests());
    person.types("q? known");
    person.presses(Name.ENTER);
    assertEquals(
        List.of(new Request.Say(Remark.Kind.NOTE, "%032x".formatted(3), "q? known")),
        person.browser.requests());
    assertFalse(person.browser.over());
  }

  @Test
  void aSilenceIsShownBeforeItIsSet() {
    person.types("s");
    assertEquals(
        "rule=docker-daemon-json-changed and user=carol", person.browser.prompt().typed().text());
    person.presses(Name.ENTER, Name.CLEAR);
    person.types("soon");
    person.presses(Name.ENTER);
    assertEquals("not a duration: write 2h", person.browser.prompt().fault().reason());
    person.presses(Name.CLEAR);
    person.types("3h");
    person.presses(Name.ENTER);
    person.types("a job");
    person.presses(Name.ENTER);
    Draft draft =
        new Draft("rule=docker-daemon-json-changed and user=carol", Duration.ofHours(3), "a job");
    assertEquals(List.of(new Request.Preview(draft)), person.browser.requests());
    person.browser.preview(draft, List.of("it would have hidden 1 of 3 alerts"));
    assertEquals("it would have hidden 1 of 3 alerts", person.line(1));
    assertEquals(List.of(), person.browser.requests());
    person.types("y");
    assertEquals(List.of(new Request.Set(draft)), person.browser.requests());
  }

  @Test
  void aSilenceThatIsNotConfirmedIsNotSet() {
    Draft draft = new Draft("user=bob", Duration.ofHours(1), "a job");
    person.browser.preview(draft, List.of("it would have hidden 1 of 3 alerts"));
    person.presses(Name.ESCAPE);
    person.types("y");
    assertEquals(List.of(), person.browser.requests());
  }

  @Test
  void whatSilencesHideIsCountedAndCanBeSeenAndComesBack() {
    person.sees(
        new Silence(
            "00000001", "user=bob", Person.TIME, Person.TIME.plusSeconds(60), "me", "a job"));
    assertTrue(person.line(0).startsWith("2 rows of 2 alerts, 1 hidden"), person.line(0));
    person.types("S");
    assertTrue(person.line(2).startsWith(" s09:00:02 LOW "), person.line(2));
    person.types("S");
    person.waits(Duration.ofSeconds(60));
    assertTrue(person.line(0).startsWith("3 rows of 3 alerts"), person.line(0));
  }

  @Test
  void theTimelineIsOfOneActorWithTheIncident() {
    person.sees(
        Person.alert(60, Severity.CRITICAL, "alice", "alice did more"),
        Person.alert(9000, Severity.LOW, "alice", "alice came back"));
    person.types("gt");
    assertEquals("alice on vm1", person.line(0));
    assertTrue(person.line(1).startsWith("incident, score 3: 1 alert of 1 rule"), person.line(1));
    person.presses(Name.HOME);
    assertTrue(
        person
            .line(1)
            .startsWith("incident, score 20: 2 alerts of 1 rule, 09:00:01 to 09:01:00, T"),
        person.line(1));
    assertTrue(person.line(4).contains("alice came back"), person.line(4));
    person.presses(Name.ENTER);
    assertTrue(person.line(0).contains("%032x".formatted(1)), person.line(0));
    person.presses(Name.ESCAPE, Name.ESCAPE);
    assertTrue(person.line(0).startsWith("3 rows of 5 alerts"), person.line(0));
  }

  @Test
  void copiesTheIdAndSaysIt() {
    person.types("c");
    assertEquals(List.of(new Request.Copy("%032x".formatted(3))), person.browser.requests());
    assertTrue(person.line(22).endsWith("%032x".formatted(3)), person.line(22));
  }

  @Test
  void helpNamesEveryKeyAndQuitsLeaves() {
    person.types("?");
    assertTrue(String.join("\n", person.lines()).contains("newest 10000 alerts"));
    person.types("q");
    assertTrue(person.browser.over());
  }

  @Test
  void withoutAlertsNothingIsToBeDone() {
    Person other = new Person(80, 24);
    other.types("anstcy");
    other.presses(Name.ENTER, Name.DOWN, Name.PAGE_UP, Name.HOME, Name.END, Name.BACKSPACE);
    assertEquals(List.of(), other.browser.requests());
    assertTrue(other.line(2).contains("nothing yet"), other.line(2));
  }
}
