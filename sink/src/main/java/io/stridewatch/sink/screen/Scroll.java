package io.stridewatch.sink.screen;

import java.util.List;

/** Which part of a text is seen. */
final class Scroll {
  private int top;

  void press(Key key, int page) {
    switch (key.name()) {
      case UP -> top--;
      case DOWN -> top++;
      case PAGE_UP -> top -= page;
      case PAGE_DOWN -> top += page;
      case HOME -> top = 0;
      case END -> top = Integer.MAX_VALUE;
      default -> {}
    }
    top = Math.max(0, top);
  }

  /** The lines that fit. */
  List<String> window(List<String> lines, int height) {
    top = Math.min(top, Math.max(0, lines.size() - height));
    return lines.subList(top, Math.min(lines.size(), top + height));
  }
}
