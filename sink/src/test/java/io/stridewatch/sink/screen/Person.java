package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.AlertLike;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Somebody before a screen of so many columns and rows, on which nothing waits. */
final class Person {
  static final Instant TIME = Instant.parse("2026-11-21T09:00:00Z");

  final Browser browser = new Browser(() -> this.now, Person::span);
  private Instant now = TIME;

  Person(int columns, int rows) {
    browser.resize(new Terminal(columns, false, rows));
  }

  private static Duration span(String text) {
    if (!text.matches("[0-9]+h")) {
      throw new IllegalArgumentException("not a duration: write 2h");
    }
    return Duration.ofHours(Long.parseLong(text.replace("h", "")));
  }

  /** One by that user so many seconds later; its id is the number. */
  static Alert alert(int number, Severity severity, String user, String summary) {
    Alert sample = SampleAlerts.numbered(number);
    return AlertLike.of(sample)
        .rule(sample.rule(), severity)
        .tags(List.of("attack.execution"))
        .at(TIME.plusSeconds(number), sample.scope())
        .by(user, summary)
        .alert();
  }

  void sees(Alert... alerts) {
    for (Alert alert : alerts) {
      browser.alert(alert);
    }
    lines();
  }

  void sees(View view) {
    browser.view(view.key(), view.line());
    browser.tick();
  }

  void waits(Duration span) {
    now = now.plus(span);
    browser.tick();
  }

  void types(String text) {
    text.codePoints().forEach(c -> browser.press(Key.typing(Character.toString(c))));
  }

  void presses(Key.Name... keys) {
    for (Key.Name key : keys) {
      browser.press(Key.of(key));
      lines();
    }
  }

  Page page() {
    return Page.of(browser);
  }

  List<String> lines() {
    return page().lines();
  }

  String line(int number) {
    return lines().get(number);
  }

  /** The row that is marked as chosen. */
  String chosen() {
    return lines().stream().filter(line -> line.startsWith(">")).findFirst().orElse("");
  }
}
