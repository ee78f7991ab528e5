package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Records that make an alert: the first 50 and the last 50 of them, oldest first.
 *
 * @param count of all
 */
record Window(List<AuditEvent> shown, long count) {
  private static final int EACH = 50;

  static Window of(Deque<Match> records) {
    List<AuditEvent> shown = new ArrayList<>();
    Iterator<Match> first = records.iterator();
    boolean all = records.size() <= 2 * EACH;
    while (first.hasNext() && (all || shown.size() < EACH)) {
      shown.add(first.next().event());
    }
    if (!all) {
      shown.addAll(newest(records));
    }
    return new Window(shown, records.size());
  }

  private static List<AuditEvent> newest(Deque<Match> records) {
    List<AuditEvent> newest = new ArrayList<>();
    Iterator<Match> last = records.descendingIterator();
    while (newest.size() < EACH) {
      newest.add(last.next().event());
    }
    Collections.reverse(newest);
    return newest;
  }

  static Window of(AuditEvent event) {
    return new Window(List.of(event), 1);
  }

  AuditEvent oldest() {
    return shown.get(0);
  }

  AuditEvent newest() {
    return shown.get(shown.size() - 1);
  }
}
