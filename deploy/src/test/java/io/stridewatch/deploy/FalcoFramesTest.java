package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Alert;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How lines of a file become events, as Falco 0.44.1 was seen to do it (cases 91 to 106 of its
 * rules files), and where we see more than it does.
 */
class FalcoFramesTest {
  private static final CompiledRules RULES =
      CompiledRules.of(
          RuleSet.of(
              "f.yaml",
              """
              - rule: A
                desc: d
                condition: ka.verb = create
                output: "u=%ka.user.name"
                priority: NOTICE
                source: k8s_audit
              - rule: D
                desc: d
                condition: ka.verb = delete
                output: "u=%ka.user.name"
                priority: NOTICE
                source: k8s_audit
              """),
          null);

  @TempDir private Path directory;

  private static String event(String id, String more) {
    return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\""
        + id
        + "\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/pods\",\"verb\":\"create\","
        + "\"user\":{\"username\":\"alice\"},\"stageTimestamp\":\"2026-08-03T09:00:00.123456Z\""
        + more
        + "}";
  }

  private static String event(String id) {
    return event(id, "");
  }

  private static String list(String... items) {
    return "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":["
        + String.join(",", items)
        + "]}\n";
  }

  private String fired(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("audit.log"), text);
    List<Alert> alerts = new ArrayList<>();
    try (Recording recording = Recording.open(List.of(file.toString()), null, "-");
        EsperRuleEngine engine = RULES.engine(Lateness.usual())) {
      recording.forEach(event -> alerts.addAll(engine.accept(event)), rejected -> {});
    }
    return String.join(" ", alerts.stream().map(Alert::rule).toList());
  }

  @Test
  void takesEachItemOfAList() throws IOException {
    assertEquals("A A A", fired(list(event("1"), event("2"), event("3"))));
  }

  @Test
  void takesEachOfAnArray() throws IOException {
    assertEquals("A A", fired("[" + event("1") + "," + event("2") + "]\n"));
  }

  @Test
  void leavesOutABrokenItem() throws IOException {
    assertEquals("A A", fired(list(event("1"), "{\"x\":1}", event("3"))));
  }

  @Test
  void leavesOutALineThatIsNoJson() throws IOException {
    assertEquals(
        "A A", fired(event("1") + "\n{\"kind\":\"Event\",\"verb\":\n" + event("2") + "\n"));
  }

  @Test
  void emptyLinesAndReturnsAreNothing() throws IOException {
    assertEquals("A A", fired(event("1") + "\r\n\r\n\n" + event("2") + "\r\n"));
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    assertEquals("A", fired(event("1")));
  }

  @Test
  void alertsComeAsTheLinesDo() throws IOException {
    String later = event("1").replace("09:00:00", "09:00:02");
    assertEquals("A A", fired(later + "\n" + event("2") + "\n"));
  }

  @Test
  void theFirstOfAKeyGivenTwiceCounts() throws IOException {
    assertEquals("A", fired(event("1", ",\"verb\":\"delete\"") + "\n"));
  }

  @Test
  void aListWithoutItemsAndAnEventThatIsAListAreNone() throws IOException {
    assertEquals("A", fired("{\"kind\":\"EventList\",\"apiVersion\":\"x\"}\n" + event("1") + "\n"));
    assertEquals("", fired("{\"kind\":\"Event\",\"items\":[" + event("1") + "]}\n"));
  }

  @Test
  void aMarkOfByteOrderSpoilsTheFirstLine() throws IOException {
    assertEquals("A", fired("\uFEFF" + event("1") + "\n" + event("2") + "\n"));
  }

  /** There Falco loses the whole line, finds nothing, or ends; and raises one of two twice. */
  @Test
  void whatFalcoLosesIsSeen() throws IOException {
    assertEquals("A A", fired("[" + event("1") + ",{\"x\":1}," + event("3") + "]\n"));
    assertEquals("A", fired(event("1").replace(",\"", ",\n \"") + "\n"));
    String agent = ",\"userAgent\":\"" + "a".repeat(65_536) + "\"";
    assertEquals("A A", fired(event("1", agent) + "\n" + event("2") + "\n"));
    assertEquals("A", fired(event("1") + "\n" + event("1") + "\n"));
  }
}
