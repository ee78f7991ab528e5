package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.stream.TopicUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What topics take and how old the oldest of them is, for people and for programs. */
final class TopicReport {
  private static final String ROW = "%-36s %12s  %s";
  private static final long MIB = 1L << 20;

  private final List<TopicUse> uses;
  private final Instant now;

  /**
   * A report of these.
   *
   * @param now what ages are reckoned from
   */
  TopicReport(List<TopicUse> uses, Instant now) {
    this.uses = uses;
    this.now = now;
  }

  /** A table. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(ROW.formatted("TOPIC", "USE", "OLDEST"));
    for (TopicUse use : uses) {
      lines.add(ROW.formatted(use.topic(), size(use.bytes()), age(use.oldest())));
    }
    return lines;
  }

  /** One line a topic. */
  List<String> json() {
    return uses.stream().map(TopicReport::json).toList();
  }

  private static String json(TopicUse use) {
    JsonLine line = new JsonLine().open('{').key("topic").text(use.topic());
    line.key("bytes").number(use.bytes()).key("oldest");
    return line.text(use.oldest() == null ? null : Times.text(use.oldest())).close('}').toString();
  }

  private static String size(long bytes) {
    return bytes < 0 ? "-" : "%,.1f MiB".formatted((double) bytes / MIB);
  }

  private String age(Instant oldest) {
    if (oldest == null) {
      return "-";
    }
    return age(Duration.between(oldest, now));
  }

  /** A span in its two greatest units. */
  static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d " + age.toHoursPart() + "h";
    }
    return age.toHours() > 0
        ? age.toHours() + "h " + age.toMinutesPart() + "m"
        : age.toMinutes() + "m " + Math.max(0, age.toSecondsPart()) + "s";
  }
}
