package io.stridewatch.sink.screen;

import io.stridewatch.sink.view.View;

/**
 * A line that is being typed, {@link View#LONGEST} characters at most. Immutable.
 *
 * @param at the cursor, from 0 to the text's length
 */
record Typed(String text, int at) {
  static Typed of(String text) {
    return new Typed(text, text.length());
  }

  Typed press(Key key) {
    return switch (key.name()) {
      case TEXT -> insert(key.text());
      case LEFT -> new Typed(text, before());
      case RIGHT -> new Typed(text, after());
      case HOME -> new Typed(text, 0);
      case END -> of(text);
      case BACKSPACE -> new Typed(text.substring(0, before()) + text.substring(at), before());
      case DELETE -> new Typed(text.substring(0, at) + text.substring(after()), at);
      case CLEAR -> new Typed(text.substring(at), 0);
      default -> this;
    };
  }

  private Typed insert(String more) {
    boolean fits = text.length() + more.length() <= View.LONGEST;
    return fits
        ? new Typed(text.substring(0, at) + more + text.substring(at), at + more.length())
        : this;
  }

  private int before() {
    return at == 0 ? 0 : text.offsetByCodePoints(at, -1);
  }

  private int after() {
    return at == text.length() ? at : text.offsetByCodePoints(at, 1);
  }
}
