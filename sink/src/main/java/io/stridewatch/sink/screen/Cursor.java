package io.stridewatch.sink.screen;

import java.util.List;

/**
 * Which of some rows is chosen, and which part of them is seen. Rows are known by their keys, so
 * that both stay where they are while rows come and go. At the last row it follows what comes.
 */
final class Cursor<K> {
  private K chosen;
  private K top;
  private int at;
  private boolean following = true;

  /**
   * What is seen.
   *
   * @param chosen its place in them; -1 where there are none
   */
  record Window<K>(List<K> rows, int chosen) {}

  /** The row that is chosen; null where there are none. */
  K chosen(List<K> rows) {
    return rows.isEmpty() ? null : rows.get(place(rows));
  }

  private int place(List<K> rows) {
    int last = rows.size() - 1;
    int place = following ? last : rows.indexOf(chosen);
    at = place >= 0 ? place : Math.min(at, last);
    chosen = rows.get(at);
    return at;
  }

  /** Moves, where the key is one that moves. */
  void press(Key key, List<K> rows, int page) {
    if (rows.isEmpty()) {
      return;
    }
    int last = rows.size() - 1;
    int place = place(rows);
    int now =
        switch (key.name()) {
          case UP -> place - 1;
          case DOWN -> place + 1;
          case PAGE_UP -> place - page;
          case PAGE_DOWN -> place + page;
          case HOME -> 0;
          case END -> last;
          default -> place;
        };
    choose(rows, Math.max(0, Math.min(last, now)));
  }

  private void choose(List<K> rows, int place) {
    at = place;
    chosen = rows.get(place);
    following = place == rows.size() - 1;
  }

  /** Chooses this row, without following. */
  void choose(K row) {
    chosen = row;
    following = false;
  }

  /** The rows that fit, the chosen one among them. */
  Window<K> window(List<K> rows, int height) {
    if (rows.isEmpty()) {
      return new Window<>(List.of(), -1);
    }
    int place = place(rows);
    int first = Math.max(0, rows.indexOf(top));
    first = Math.max(first, place - height + 1);
    first = Math.min(first, Math.min(place, Math.max(0, rows.size() - height)));
    top = rows.get(first);
    return new Window<>(rows.subList(first, Math.min(rows.size(), first + height)), place - first);
  }
}
