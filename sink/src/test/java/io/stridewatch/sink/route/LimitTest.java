package io.stridewatch.sink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.AlertLike;
import io.stridewatch.Evidence;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:10Z");

  private Limit<Integer> limit = new Limit<>(3);

  private static List<Notice<Integer>> notices(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Notice.one(i, SampleAlerts.numbered(i)))
        .toList();
  }

  private List<Notice<Integer>> pass(List<Notice<Integer>> notices, int seconds) {
    return limit.pass(notices, NOW.plusSeconds(seconds));
  }

  private static List<JsonNode> lines(Alert digest) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (Evidence record : digest.evidence()) {
      assertTrue(record.raw().length() <= 64 << 10);
      for (String line : record.raw().split("\n")) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    return lines;
  }

  @Test
  void aMinutesMessagesPassAsTheyAre() {
    assertEquals(notices(0, 3), pass(notices(0, 3), 0));
    assertEquals(notices(3, 6), pass(notices(3, 6), 50));
  }

  @Test
  void theRestComesInTheNextMinuteAsOneAndBeforeWhatIsNewer() {
    assertEquals(notices(0, 3), pass(notices(0, 5), 0));
    assertEquals(List.of(), pass(notices(5, 7), 49));
    List<Notice<Integer>> next = pass(notices(7, 10), 50);
    assertEquals(List.of(3, 4, 5, 6), next.get(0).alerts());
    assertTrue(next.get(0).digested());
    assertEquals(notices(7, 9), next.subList(1, 3));
    assertEquals(List.of(9), pass(List.of(), 110).get(0).alerts());
  }

  @Test
  void aDigestSaysHowManyOfWhatAndNamesEach() throws IOException {
    pass(notices(0, 3), 0);
    Notice<Integer> several = Notice.one(9, alert("b", "mallory", Severity.CRITICAL));
    pass(List.of(Notice.one(7, alert("a", "bob", Severity.LOW)), several), 1);
    pass(List.of(Notice.one(8, alert("a", "bob", Severity.LOW))), 2);
    Alert digest = pass(List.of(), 60).get(0).alert();
    assertEquals(Severity.CRITICAL, digest.severity());
    assertEquals(
        "3 more alerts, the worst critical, from 2026-11-21T12:00:10Z to 2026-11-21T12:00:10Z: a x2,"
            + " b x1; of user bob x2, user mallory x1",
        digest.summary());
    List<JsonNode> lines = lines(digest);
    assertEquals(2, lines.size());
    assertEquals("a", lines.get(0).get("rule").asText());
    assertEquals("low", lines.get(0).get("severity").asText());
    assertEquals("user bob", lines.get(0).get("actor").asText());
    assertEquals(2, lines.get(0).get("alerts").asInt());
    assertEquals("2026-11-21T12:00:10.000000000Z", lines.get(0).get("first").asText());
    assertEquals(several.alert().id(), lines.get(1).get("ids").get(0).asText());
    assertEquals(digest, AlertJson.read(AlertJson.line(digest)));
  }

  @Test
  void aFloodIsToldInDigestsThatAreAlertsOfTheirSizeAndNoneIsLost() throws IOException {
    int count = 12_000;
    List<Integer> told = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (int minute = 0; told.size() < count; minute++) {
      for (Notice<Integer> notice :
          pass(notices(minute * 1000, minute * 1000 + 1000), minute * 60)) {
        told.addAll(notice.alerts());
        assertTrue(AlertJson.line(notice.alert()).length() < 512 << 10);
        named.addAll(names(notice));
      }
    }
    assertEquals(IntStream.range(0, told.size()).boxed().toList(), told);
    List<String> ids =
        IntStream.range(0, told.size()).mapToObj(i -> SampleAlerts.numbered(i).id()).toList();
    assertEquals(ids, named);
  }

  private static List<String> names(Notice<Integer> notice) throws IOException {
    List<String> names = new ArrayList<>();
    if (!notice.digested()) {
      return List.of(notice.alert().id());
    }
    for (JsonNode line : lines(notice.alert())) {
      line.get("ids").forEach(id -> names.add(id.asText()));
    }
    return names;
  }

  @Test
  void ofManyDifferentActorsADigestIsFullBeforeItIsTooLarge() {
    pass(notices(0, 3), 0);
    List<Notice<Integer>> flood =
        IntStream.range(0, 9_000)
            .mapToObj(i -> Notice.one(i, alert("a", "\u0001".repeat(50) + i, Severity.LOW)))
            .toList();
    pass(flood, 1);
    List<Notice<Integer>> digests = pass(List.of(), 60);
    assertEquals(3, digests.size());
    digests.forEach(
        digest -> assertTrue(AlertJson.line(digest.alert()).length() < 1 << 20, "too large"));
    assertEquals(
        digests.get(0).alerts(),
        IntStream.range(0, digests.get(0).alerts().size()).boxed().toList());
  }

  @Test
  void whatIsNotToldCostsNothingAndRemindersDo() {
    Notice<Integer> untold = new Notice<>(null, List.of(1), List.of(), false);
    assertEquals(4, pass(List.of(untold, untold, untold, untold), 0).size());
    assertEquals(notices(0, 3), pass(notices(0, 3), 0));
    assertEquals(List.of(), pass(notices(3, 4), 1));
  }

  @Test
  void aReminderBeyondTheLimitIsInTheDigest() throws IOException {
    pass(notices(0, 3), 0);
    Alert alert = SampleAlerts.numbered(9);
    pass(List.of(new Notice<>(alert, List.of(), List.of(Mention.of(alert)), false)), 1);
    Notice<Integer> digest = pass(List.of(), 60).get(0);
    assertEquals(List.of(), digest.alerts());
    assertEquals(List.of(alert.id()), names(digest));
  }

  @Test
  void aRestartGoesOnWithTheMinute() {
    pass(notices(0, 2), 0);
    Limit.Spent spent = limit.spent();
    limit = new Limit<>(3);
    limit.spent(spent);
    limit.spent(new Limit.Spent(spent.minute() - 1, 3));
    assertEquals(notices(2, 3), pass(notices(2, 5), 5));
    assertFalse(pass(List.of(), 50).isEmpty());
  }

  @Test
  void aClockThatIsSetBackBeginsAMinuteOfItsOwn() {
    pass(notices(0, 3), 0);
    assertEquals(notices(3, 6), pass(notices(3, 6), -3600));
  }

  private static Alert alert(String rule, String user, Severity severity) {
    Alert sample = SampleAlerts.numbered(rule.hashCode() + user.hashCode() & 0xffff);
    return AlertLike.of(sample)
        .rule(rule, severity)
        .at(NOW, sample.scope())
        .by(user, rule + " by " + user)
        .alert();
  }
}
