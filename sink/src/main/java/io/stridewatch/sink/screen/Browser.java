package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.sink.Columns;
import io.stridewatch.sink.Repeated;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.filter.AlertFilter;
import io.stridewatch.sink.view.Silence;
import io.stridewatch.sink.view.Views;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a person sees of alerts on a full screen, and what they do with them: each alert, each key
 * and each answer changes it, {@link Page} shows it. It keeps the newest 10,000 alerts or 40 MiB of
 * them; older ones are counted. One thread.
 */
public final class Browser {
  /** Header, message and keys. */
  private static final int FRAME = 3;

  private final InstantSource clock;
  private final Views views = new Views();
  private final Rows rows;
  private final AlertActions actions;
  private final Deque<Pane> panes = new ArrayDeque<>();
  private List<Silence> holding = List.of();
  private Terminal size = new Terminal(80, false, 24);
  private Prompt prompt;
  private String filter = "";
  private String message = "";
  private boolean stale;
  private boolean over;

  /**
   * Nothing is there yet.
   *
   * @param spans reads how long a silence is to last; complains by IllegalArgumentException
   */
  public Browser(InstantSource clock, Function<String, Duration> spans) {
    this.clock = clock;
    rows = new Rows(this::hidden);
    actions = new AlertActions(next -> prompt = next, this::tell, spans);
  }

  /** The terminal has this size. */
  public void resize(Terminal now) {
    size = now;
  }

  /** One more alert. */
  public void alert(Alert alert) {
    rows.add(alert);
  }

  /**
   * What people said under a key.
   *
   * @param line null where it was taken back
   */
  public void view(String key, String line) {
    views.accept(key, line);
    stale |= !key.startsWith("ack/") && !key.startsWith("note/"); // which hide nothing
  }

  /**
   * Before a page: what silences and baselines hide may be other alerts by now, since they came or
   * since time went by.
   */
  public void tick() {
    List<Silence> now =
        views.silences().stream().filter(silence -> silence.holds(clock.instant())).toList();
    if (stale || !now.equals(holding)) {
      stale = false;
      holding = now;
      rows.tellAgain();
    }
  }

  /** Tells the person something, until the next key. */
  public void tell(String text) {
    message = text;
  }

  /**
   * What a silence would have hidden.
   *
   * @param lines escaped
   */
  public void preview(Draft draft, List<String> lines) {
    panes.push(
        new TextPane(
            "silence " + draft.matchers() + " for " + span(draft.span()) + "?",
            null,
            size -> lines,
            () -> actions.set(draft)));
    message = "";
  }

  private static String span(Duration span) {
    return span.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /** A key was pressed. */
  public void press(Key key) {
    message = "";
    if (prompt != null) {
      prompt.press(key);
    } else if (!command(key)) {
      move(key.moving());
    }
  }

  private void move(Key key) {
    if (panes.isEmpty()) {
      rows.press(key, height());
    } else {
      panes.peek().press(key, height());
    }
  }

  private boolean command(Key key) {
    switch (key.name()) {
      case ENTER -> open();
      case ESCAPE -> back();
      case BACKSPACE -> panes.poll();
      case TEXT -> {
        return command(key.text());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean command(String letter) {
    switch (letter) {
      case "q" -> over = true;
      case "?" -> help();
      case "/" -> ask();
      case "a" -> withAlert(actions::acknowledge);
      case "n" -> withAlert(actions::note);
      case "s" -> withAlert(actions::silence);
      case "S" -> rows.toggleHidden();
      case "t" -> withAlert(this::timeline);
      case "c" -> withAlert(actions::copy);
      case "y" -> confirm();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void open() {
    Repeated story = panes.isEmpty() ? rows.chosen() : null;
    Alert alert = alert();
    if (alert != null && !(panes.peek() instanceof TextPane)) {
      StoryText text = new StoryText(alert, story, views);
      panes.push(
          new TextPane(
              "alert " + alert.id(), alert, size -> text.lines(size, clock.instant()), null));
    }
  }

  private void back() {
    if (panes.poll() == null && !filter.isEmpty()) {
      filter("");
    }
  }

  private void help() {
    panes.push(new TextPane("help", null, KeyBar::help, null));
  }

  private void ask() {
    panes.clear();
    FilterAnswer answer = new FilterAnswer(filter, this::filter, () -> prompt = null);
    prompt = new Prompt("filter: ", filter, Prompt::filter, answer);
  }

  private void filter(String text) {
    filter = text.strip();
    rows.filter(filter.isEmpty() ? alert -> true : AlertFilter.of(filter));
  }

  private void confirm() {
    if (panes.peek() instanceof TextPane text && text.yes() != null) {
      panes.poll();
      text.yes().run();
    }
  }

  private void withAlert(Consumer<Alert> action) {
    Alert alert = alert();
    if (alert == null) {
      message = "choose an alert first";
    } else {
      action.accept(alert);
    }
  }

  private void timeline(Alert alert) {
    if (alert.actor() == null) {
      message = "this alert names nobody who did it";
    } else {
      panes.push(new TimelinePane(alert, rows.recent().alerts()));
    }
  }

  /** What is to be done since this was last asked, in order. */
  public List<Request> requests() {
    return actions.requests();
  }

  /** Whether the person wants to leave. */
  public boolean over() {
    return over;
  }

  /** The alert that is looked at; null where there is none. */
  private Alert alert() {
    if (!panes.isEmpty()) {
      return panes.peek().alert();
    }
    Repeated story = rows.chosen();
    return story == null ? null : story.newest();
  }

  /** Rows between header and message. */
  int height() {
    return Math.max(1, size.rows() - FRAME);
  }

  Terminal size() {
    return size;
  }

  Rows rows() {
    return rows;
  }

  Views views() {
    return views;
  }

  /** Whether a silence or a baseline hides it now. */
  boolean hidden(Alert alert) {
    return views.hidden(alert, clock.instant()).isPresent();
  }

  /** What lies over the list; null for the list itself. */
  Pane pane() {
    return panes.peek();
  }

  /** What is asked; null where nothing is. */
  Prompt prompt() {
    return prompt;
  }

  /** The filter in force; empty where there is none. */
  String filter() {
    return filter;
  }

  /** What was told last, escaped. */
  String message() {
    return Columns.shown(message, Page.LONGEST);
  }
}
