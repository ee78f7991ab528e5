package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records that make an alert: the first 50 and the last 50 of them, oldest first.
 *
 * @param count of all
 */
record Window(List<AuditEvent> shown, long count) {
  private static final int EACH = 50;

  /** Of matches in their order; a record that stands in several is one. */
  static Window of(Deque<Match> matches) {
    if (matches.size() <= 2 * EACH) {
      return few(matches);
    }
    List<AuditEvent> shown = new ArrayList<>(first(matches.iterator()));
    List<AuditEvent> last = first(matches.descendingIterator());
    Collections.reverse(last);
    shown.addAll(last);
    return new Window(shown, count(matches));
  }

  private static Window few(Collection<Match> matches) {
    Map<String, AuditEvent> distinct = new LinkedHashMap<>();
    for (Match match : matches) {
      match
          .window()
          .shown()
          .forEach(
              event -> distinct.put(event.source() + event.scope() + "\0" + event.id(), event));
    }
    List<AuditEvent> events = new ArrayList<>(distinct.values());
    events.sort(Pending.ORDER_OF_EVENTS);
    if (events.size() <= 2 * EACH) {
      long left = count(matches) - matches.stream().mapToLong(m -> m.window().shown().size()).sum();
      return new Window(events, events.size() + left);
    }
    List<AuditEvent> shown = new ArrayList<>(events.subList(0, EACH));
    shown.addAll(events.subList(events.size() - EACH, events.size()));
    return new Window(shown, count(matches));
  }

  private static long count(Collection<Match> matches) {
    return matches.stream().mapToLong(match -> match.window().count()).sum();
  }

  private static List<AuditEvent> first(Iterator<Match> matches) {
    List<AuditEvent> some = new ArrayList<>();
    while (some.size() < EACH) {
      some.add(matches.next().event());
    }
    return some;
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
