package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.sink.Terminal;
import java.util.List;
import java.util.function.Function;

/** A text that is read. */
final class TextPane implements Pane {
  private final String title;
  private final Alert alert;
  private final Function<Terminal, List<String>> text;
  private final Runnable yes;
  private final Scroll scroll = new Scroll();

  /**
   * A text about an alert.
   *
   * @param alert null where it is about none
   * @param text its lines on a terminal of that size, escaped
   * @param yes what it asks; null where it asks nothing
   */
  TextPane(String title, Alert alert, Function<Terminal, List<String>> text, Runnable yes) {
    this.title = title;
    this.alert = alert;
    this.text = text;
    this.yes = yes;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public void press(Key key, int page) {
    scroll.press(key, page);
  }

  @Override
  public Alert alert() {
    return alert;
  }

  /** Done when a person says yes; null where nothing is asked. */
  Runnable yes() {
    return yes;
  }

  /** The lines that fit. */
  List<String> window(Terminal size, int height) {
    return scroll.window(text.apply(size), height);
  }
}
