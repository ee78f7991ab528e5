package io.stridewatch.sink.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.JsonLine;
import io.stridewatch.Severity;
import io.stridewatch.sink.Columns;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.screen.Key.Name;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  private static final String LONG = "alice wrote " + "/etc/docker/daemon.json ".repeat(20).strip();
  private static final String HOSTILE =
      "\u001b[2J\u001b[H\u001b]0;owned\u0007\u009b9A\r\nfake row\u202eolleh";

  private static void fits(Person person, int columns, int rows, String where) {
    assertEquals(rows, person.lines().size(), where);
    for (String line : person.lines()) {
      assertTrue(Columns.width(line) <= columns, where + ": " + line);
      assertFalse(line.chars().anyMatch(c -> JsonLine.escaped((char) c)), where + ": " + line);
    }
  }

  @ParameterizedTest
  @CsvSource({"80,24", "200,50", "44,6", "60,100"})
  void everythingFitsAndNothingMovesTheCursor(int columns, int rows) {
    Person person = new Person(columns, rows);
    fits(person, columns, rows, "empty");
    person.sees(Person.alert(1, Severity.HIGH, "alice", LONG));
    for (int i = 2; i < 120; i++) {
      person.sees(Person.alert(i, Severity.HIGH, HOSTILE + i, HOSTILE));
    }
    fits(person, columns, rows, "list");
    for (String keys : List.of("c", "t", "?", "n" + "x".repeat(300), "/user=" + "x".repeat(300))) {
      person.types(keys);
      fits(person, columns, rows, keys);
      person.presses(Name.HOME);
      fits(person, columns, rows, keys + " from its beginning");
      person.presses(Name.ESCAPE, Name.ESCAPE);
    }
    person.types("s");
    fits(person, columns, rows, "silence");
    person.presses(Name.ESCAPE, Name.ENTER, Name.PAGE_DOWN, Name.END);
    fits(person, columns, rows, "alert");
  }

  @Test
  void onAnOldTerminalEachAlertHasOneRow() {
    Person person = new Person(80, 24);
    person.sees(
        Person.alert(1, Severity.CRITICAL, "alice", LONG),
        Person.alert(2, Severity.LOW, "bob", "bob listed secrets"));
    assertEquals("2 rows of 2 alerts", person.line(0));
    assertEquals(
        "  09:00:01 CRIT T  vm1       alice wrote /etc/docker/daemon.json /etc/docker/d…",
        person.line(1));
    assertEquals("> 09:00:02 LOW  T  vm1       bob listed secrets", person.line(2));
    assertEquals(
        "Enter open  / filter  a ack  n note  s silence  t actor  c copy  ? help  q quit",
        person.line(23));
  }

  @Test
  void aBroadOneHasTheRuleAndRecordsDecodedBesideRaw() {
    Person person = new Person(200, 50);
    person.sees(Person.alert(1, Severity.HIGH, "alice", LONG));
    assertTrue(person.chosen().contains("docker-daemon-json-changed"), person.chosen());
    person.presses(Name.ENTER);
    assertTrue(
        person.lines().stream()
            .anyMatch(line -> line.matches(" {4}syscall=openat +│ type=SYSCALL msg=audit.*")),
        String.join("\n", person.lines()));
  }

  @Test
  void aFaultIsMarkedInItsColumn() {
    Person person = new Person(80, 24);
    person.types("/severity>=hig");
    assertEquals("filter: severity>=hig", person.line(22));
    assertEquals(
        "                  ^ column 11: no severity is called 'hig': use critical, high…",
        person.line(23));
    assertEquals(22, person.page().cursorRow());
    assertEquals(21, person.page().cursorColumn());
  }

  @Test
  void aFaultAtTheRightEdgeIsToldLeftOfItsMark() {
    Person person = new Person(80, 24);
    person.types("/" + "user=x and ".repeat(6) + "usr");
    assertTrue(person.line(23).matches("column 67: no field is called 'usr': .*… *\\^"));
    assertEquals(8 + 66, person.line(23).indexOf('^'));
  }

  @Test
  void severitiesAreColouredUnlessColoursAreUnwanted() {
    Person person = new Person(80, 24);
    person.sees(
        Person.alert(1, Severity.CRITICAL, "alice", "alice did it"),
        Person.alert(2, Severity.LOW, "bob", "bob did it"));
    assertFalse(String.join("", person.lines()).contains("\u001b"));
    person.browser.resize(new Terminal(80, true, 24));
    assertTrue(person.line(1).contains("41mCRIT"), person.line(1));
    assertTrue(person.line(2).startsWith("\u001b[7m> 09:00:02"), person.line(2));
  }
}
