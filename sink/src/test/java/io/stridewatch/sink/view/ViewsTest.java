package io.stridewatch.sink.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.SampleAlerts;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Alert ALERT = SampleAlerts.numbered(7);

  private final Views views = new Views();

  private static Silence silence(String id, String matchers, int minutes) {
    return new Silence(id, matchers, NOW, NOW.plusSeconds(60L * minutes), "bob", "backup job");
  }

  private void say(View view) {
    views.accept(view.key(), view.line());
  }

  private Optional<String> hiding(Instant now) {
    return views.hiding(ALERT, now).map(Silence::id);
  }

  @Test
  void aSilenceHidesWhatItMatchesUntilItIsOver() {
    say(silence("00000001", "user=alice and severity>=high", 10));
    say(silence("00000002", "user=carol", 10));
    assertEquals(Optional.of("00000001"), hiding(NOW));
    assertEquals(Optional.of("00000001"), hiding(NOW.plusSeconds(599)));
    assertEquals(Optional.empty(), hiding(NOW.plusSeconds(600)));
  }

  @Test
  void ofSeveralTheOneThatLastsLongestIsNamed() {
    say(silence("00000001", "user=alice", 30));
    say(silence("00000002", "scope=vm1", 20));
    assertEquals(Optional.of("00000001"), hiding(NOW));
  }

  @Test
  void anExpiredSilenceHidesNothingAndIsStillKnown() {
    Silence silence = silence("00000001", "user=alice", 10);
    say(silence);
    say(silence.expired(NOW.plusSeconds(5)));
    assertEquals(Optional.empty(), hiding(NOW.plusSeconds(5)));
    assertEquals(NOW.plusSeconds(5), views.silences().get(0).until());
    assertEquals(NOW.plusSeconds(600), silence.expired(NOW.plusSeconds(900)).until());
  }

  @Test
  void whatWasTakenBackIsForgotten() {
    Silence silence = silence("00000001", "user=alice", 10);
    say(silence);
    views.accept(silence.key(), null);
    assertEquals(List.of(), views.silences());
  }

  @Test
  void theNewestAcknowledgementCountsAndAllNotesStay() {
    String id = ALERT.id();
    say(new Remark(Remark.Kind.ACK, id, NOW, "bob", ""));
    say(new Remark(Remark.Kind.NOTE, id, NOW.plusSeconds(1), "bob", "asked alice"));
    say(new Remark(Remark.Kind.ACK, id, NOW.plusSeconds(2), "carol", "took over"));
    say(new Remark(Remark.Kind.NOTE, id, NOW.plusSeconds(3), "carol", "it was the upgrade"));
    say(new Remark(Remark.Kind.NOTE, "f".repeat(32), NOW, "bob", "another"));
    assertEquals(
        List.of("asked alice", "took over", "it was the upgrade"),
        views.remarks(id).stream().map(Remark::text).toList());
  }

  @Test
  void aLineIsReadAsItWasWrittenAndHasNothingHostile() throws IOException {
    String hostile = "a\n\u001b[2J\"\u202e";
    Remark note = new Remark(Remark.Kind.NOTE, ALERT.id(), NOW, hostile, hostile);
    assertEquals(note, View.read(note.line()));
    assertFalse(note.line().chars().anyMatch(c -> JsonLine.escaped((char) c)));
    Silence silence = silence("00000001", "text~\"a\\u001b b\"", 10);
    assertEquals(silence.line(), View.read(silence.line()).line());
  }

  @Test
  void whatCantBeReadHidesNothing() {
    String good = silence("00000001", "user=alice", 10).line();
    views.accept("silence/00000001", good.replace("view/1", "view/2"));
    views.accept("silence/00000001", good.replace("user=alice", "user="));
    views.accept("silence/00000001", good.replace("00000001", "../../x"));
    views.accept("x", "not JSON");
    assertEquals(List.of(), views.silences());
    assertEquals(Optional.empty(), hiding(NOW));
  }

  @Test
  void textsAreBounded() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Remark(Remark.Kind.NOTE, ALERT.id(), NOW, "bob", "x".repeat(1001)));
    assertTrue(e.getMessage().startsWith("a text has 1001 characters"));
  }
}
