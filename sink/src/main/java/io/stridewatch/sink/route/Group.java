package io.stridewatch.sink.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.Severity;
import io.stridewatch.Times;
import io.stridewatch.sink.Repeated;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Alerts of one group since it began, and those of them that nobody was told of yet. */
final class Group<T> {
  private static final int MOST = 1000;
  private static final int LONGEST = 300;

  private final String key;
  private final Grouping how;
  private final List<T> held = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();
  private final Score score;
  private final Set<String> scopes = new HashSet<>();
  private final Set<String> targets = new HashSet<>();
  private Alert newest;
  private Severity worst;
  private Instant first;
  private Instant last;
  private long alerts;
  private long records;

  private final Instant began;

  /** Where the newest alert is to be found of a group that was restored. */
  private Supplier<Optional<Alert>> former = Optional::empty;

  /** When it was last told; null until then. */
  private Instant told;

  private Instant heard;
  private Instant due;

  Group(String key, Grouping how, Instant now) {
    this.key = key;
    this.how = how;
    began = now;
    due = now.plus(how.patience());
    score = new Score();
  }

  private Group(JsonNode json, Grouping how, Supplier<Optional<Alert>> former) {
    key = json.path("group").asText();
    this.how = how;
    this.former = former;
    began = Instant.parse(json.path("began").asText());
    told = Instant.parse(json.path("told").asText());
    heard = Instant.parse(json.path("heard").asText());
    due = told.plus(how.interval());
    first = Instant.parse(json.path("first").asText());
    last = Instant.parse(json.path("last").asText());
    worst = Severity.of(json.path("worst").asText());
    alerts = json.path("alerts").asLong();
    records = json.path("records").asLong();
    json.path("scopes").forEach(scope -> scopes.add(scope.asText()));
    json.path("targets").forEach(target -> targets.add(target.asText()));
    score = Score.read(json.path("score"));
  }

  /**
   * A group that was told before.
   *
   * @param text as its {@link Standing} has it
   * @param former gives its newest alert, or nothing where that is gone; asked when it is needed
   * @throws IOException when the text is none
   */
  static <T> Group<T> restored(JsonNode text, Grouping how, Supplier<Optional<Alert>> former)
      throws IOException {
    try {
      return new Group<>(text, how, former);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException("not the standing of a group: " + e.getMessage(), e);
    }
  }

  private Standing<T> standing() {
    JsonLine json = new JsonLine().open('{').key("group").text(key);
    json.key("began").text(began.toString()).key("told").text(told.toString());
    json.key("heard").text(heard.toString()).key("first").text(first.toString());
    json.key("last").text(last.toString()).key("worst").text(worst.label());
    json.key("alerts").number(alerts).key("records").number(records);
    json.key("scopes").texts(List.copyOf(scopes)).key("targets").texts(List.copyOf(targets));
    score.write(json.key("score"));
    return new Standing<>(key, json.close('}').toString(), held);
  }

  void add(T handed, Alert alert, Instant now) {
    newest = alert;
    heard = now;
    worst = worst == null || alert.severity().atLeast(worst) ? alert.severity() : worst;
    first = first == null || alert.first().isBefore(first) ? alert.first() : first;
    last = last == null || alert.last().isAfter(last) ? alert.last() : last;
    alerts++;
    records += alert.count();
    score.add(alert);
    note(scopes, alert.scope());
    note(targets, Repeated.Key.name(alert.target()));
    held.add(handed);
    mentions.add(Mention.of(alert));
  }

  private static void note(Set<String> seen, String value) {
    if (!value.isEmpty() && seen.size() < MOST) {
      seen.add(value);
    }
  }

  /** Whether it is time to tell what is held. */
  boolean due(Instant now) {
    return !held.isEmpty() && !now.isBefore(due) && score.sum() >= how.score();
  }

  /** Whether it holds no more, or did not come to its score in time: the next begins another. */
  boolean over(Instant now) {
    return held.isEmpty()
        ? !now.isBefore(heard.plus(how.resolve()))
        : score.sum() < how.score() && !now.isBefore(began.plus(how.repeat()));
  }

  /** Whether it was told so long ago that people are to be reminded, where it still holds. */
  boolean old(Instant now) {
    return told != null && held.isEmpty() && !now.isBefore(told.plus(how.repeat()));
  }

  /**
   * The alert whose id its messages have: whoever takes that up has taken up the group. Nothing
   * where the group was restored and the alert is gone.
   */
  Optional<Alert> newest() {
    if (newest == null) {
      newest = former.get().orElse(null);
    }
    return Optional.ofNullable(newest);
  }

  String key() {
    return key;
  }

  /** Whether this heard of an alert after the other did. */
  boolean heardAfter(Group<T> other) {
    return heard.isAfter(other.heard);
  }

  /** Whether nothing is held. */
  boolean idle() {
    return held.isEmpty();
  }

  /** What is held, told now. */
  Notice<T> tell(Instant now) {
    told = now;
    due = now.plus(how.interval());
    Alert alert = alerts == 1 ? newest : gathered("");
    Notice<T> notice = new Notice<>(alert, held, mentions, false, List.of(standing()));
    held.clear();
    mentions.clear();
    return notice;
  }

  /** The same once more, of no alert that was not told. */
  Notice<T> remind(Instant now) {
    told = now;
    return new Notice<>(
        gathered("still open: "),
        List.of(),
        List.of(Mention.of(newest)),
        false,
        List.of(standing()));
  }

  /** What is held and never came to its score; and that the group is no more. */
  Notice<T> drop() {
    List<Standing<T>> over =
        told == null ? List.of() : List.of(new Standing<>(key, null, List.of()));
    return new Notice<>(null, held, mentions, false, over);
  }

  /** The newest alert, with the worst severity and what the group comes to. */
  private Alert gathered(String mark) {
    return new Alert(
        newest.id(),
        newest.rule(),
        newest.title(),
        worst,
        newest.stride(),
        newest.threats(),
        newest.tags(),
        newest.time(),
        newest.scope(),
        summary(mark),
        newest.actor(),
        newest.target(),
        newest.evidence(),
        newest.remedy(),
        records,
        first,
        last,
        key);
  }

  private String summary(String mark) {
    StringBuilder sum = new StringBuilder(" (").append(mark);
    if (how.score() > 0) {
      sum.append("incident, score ").append(score.sum()).append(": ");
    }
    sum.append(alerts)
        .append(alerts == 1 ? " alert since " : " alerts since ")
        .append(Times.seconds(first));
    several(sum, score.rules(), "rules");
    several(sum, scopes.size(), "scopes");
    several(sum, targets.size(), "targets");
    sum.append(')');
    String what = newest.summary();
    int room = LONGEST - sum.length();
    return (what.length() > room ? what.substring(0, room - 1) + "…" : what) + sum;
  }

  private static void several(StringBuilder sum, int count, String what) {
    if (count > 1) {
      sum.append(", ").append(count).append(' ').append(what);
    }
  }
}
