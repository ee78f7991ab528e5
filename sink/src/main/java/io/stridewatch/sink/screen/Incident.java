package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.Times;
import io.stridewatch.sink.route.Score;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Alerts of one actor in one scope with less than an hour of quiet between them, scored as routes
 * score them.
 */
record Incident(List<Alert> alerts, Score score) {
  private static final Duration QUIET = Duration.ofHours(1);

  /**
   * The one that an alert is part of.
   *
   * @param all alerts of its actor and scope by time, itself among them
   */
  static Incident around(Alert alert, List<Alert> all) {
    int first = Math.max(0, all.indexOf(alert));
    int last = first;
    while (first > 0 && near(all.get(first - 1), all.get(first))) {
      first--;
    }
    while (last + 1 < all.size() && near(all.get(last), all.get(last + 1))) {
      last++;
    }
    List<Alert> alerts = all.isEmpty() ? List.of(alert) : all.subList(first, last + 1);
    Score score = new Score();
    alerts.forEach(score::add);
    return new Incident(List.copyOf(alerts), score);
  }

  private static boolean near(Alert one, Alert next) {
    return Duration.between(one.time(), next.time()).compareTo(QUIET) < 0;
  }

  /** {@code incident, score 31: 3 alerts of 2 rules, 09:00:01 to 09:00:09, ST, execution}. */
  String told() {
    String letters =
        score.stride().stream()
            .map(kind -> String.valueOf(kind.letter()))
            .collect(Collectors.joining());
    return "incident, score %d: %s of %s, %s to %s%s%s"
        .formatted(
            score.sum(),
            Counted.of(alerts.size(), "alert"),
            Counted.of(score.rules(), "rule"),
            Times.clock(alerts.get(0).time()),
            Times.clock(alerts.get(alerts.size() - 1).time()),
            letters.isEmpty() ? "" : ", " + letters,
            score.tactics().isEmpty() ? "" : ", " + String.join(" ", score.tactics()));
  }
}
