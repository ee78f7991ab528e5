package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.sink.AlertLine;
import io.stridewatch.sink.Columns;
import io.stridewatch.sink.Paint;
import io.stridewatch.sink.Repeated;
import io.stridewatch.sink.Terminal;
import java.util.ArrayList;
import java.util.List;

/**
 * A screen full of text: as many lines as the terminal has rows, none longer than its columns where
 * those are 44 or more. What is in them of records is escaped; colours are the only control
 * sequences.
 *
 * @param cursorRow where a person types, from 0 on; -1 where they don't
 */
public record Page(List<String> lines, int cursorRow, int cursorColumn) {
  /** Characters of a text that are looked at. */
  static final int LONGEST = 2000;

  private static final int MARKS = 2;

  /** What is to be seen now. */
  public static Page of(Browser browser) {
    Terminal size = browser.size();
    List<String> lines = new ArrayList<>();
    Paint paint = new Paint(size.colour());
    lines.add(paint.bold(Columns.cut(header(browser), size.columns() - 1)));
    lines.addAll(body(browser, paint));
    while (lines.size() < browser.height() + 1) {
      lines.add("");
    }
    if (browser.prompt() != null) {
      return typing(browser, lines, paint);
    }
    lines.add(Columns.cut(browser.message(), size.columns() - 1));
    lines.add(paint.faint(Columns.cut(KeyBar.of(browser), size.columns())));
    return new Page(lines, -1, -1);
  }

  private static String header(Browser browser) {
    if (browser.pane() != null) {
      return Columns.shown(browser.pane().title(), LONGEST);
    }
    Rows rows = browser.rows();
    StringBuilder header = new StringBuilder(Counted.of(rows.stories(), "row"));
    header.append(" of ").append(Counted.of(rows.alerts(), "alert"));
    if (rows.hidden() > 0) {
      header.append(", ").append(rows.hidden()).append(" hidden");
    }
    if (rows.recent().dropped() > 0) {
      header.append(", ").append(rows.recent().dropped()).append(" older not kept");
    }
    if (!browser.filter().isEmpty()) {
      header.append("   / ").append(Columns.shown(browser.filter(), LONGEST));
    }
    return header.toString();
  }

  private static List<String> body(Browser browser, Paint paint) {
    Pane pane = browser.pane();
    if (pane instanceof TextPane text) {
      return text.window(browser.size(), browser.height());
    }
    if (pane instanceof TimelinePane timeline) {
      return timeline(browser, timeline, paint);
    }
    if (browser.rows().stories() == 0) {
      String nothing = "  nothing yet; --since 1d begins with what came before";
      return List.of("", Columns.cut(nothing, browser.size().columns() - 1));
    }
    return rows(browser, browser.rows().window(browser.height()), paint);
  }

  private static List<String> timeline(Browser browser, TimelinePane timeline, Paint paint) {
    List<String> lines = new ArrayList<>();
    String incident = Columns.shown(timeline.incident().told(), LONGEST);
    lines.add(Columns.cut(incident, browser.size().columns() - 1));
    Cursor.Window<Alert> window = timeline.window(Math.max(1, browser.height() - 1));
    List<Repeated> alone = window.rows().stream().map(Repeated::new).toList();
    lines.addAll(rows(browser, new Cursor.Window<>(alone, window.chosen()), paint));
    return lines;
  }

  private static List<String> rows(Browser browser, Cursor.Window<Repeated> window, Paint paint) {
    Terminal size = browser.size();
    AlertLine form = new AlertLine(new Terminal(size.columns() - MARKS, size.colour()));
    AlertLine plain = new AlertLine(new Terminal(size.columns() - MARKS, false));
    List<String> lines = new ArrayList<>();
    for (Repeated story : window.rows()) {
      boolean chosen = lines.size() == window.chosen();
      String said = mark(browser, story.newest());
      lines.add(
          chosen ? paint.chosen(">" + said + plain.text(story)) : " " + said + form.text(story));
    }
    return lines;
  }

  private static String mark(Browser browser, Alert alert) {
    if (browser.views().acknowledged(alert.id())) {
      return "✓";
    }
    return browser.hidden(alert) ? "s" : " ";
  }

  /** The question, and below it what is wrong with the answer, where it is wrong. */
  private static Page typing(Browser browser, List<String> lines, Paint paint) {
    int columns = browser.size().columns();
    PromptLines prompt = new PromptLines(browser.prompt(), columns);
    lines.add(paint.bold(browser.prompt().label()) + prompt.answer());
    lines.add(prompt.fault().orElse(paint.faint(Columns.cut(KeyBar.of(browser), columns))));
    return new Page(lines, lines.size() - 2, prompt.cursor());
  }
}
