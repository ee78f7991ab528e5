package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one event after another says of the fields that the index reads; each is asked once. */
final class Answers {
  private final Map<String, Integer> slots = new HashMap<>();
  private final List<String> fields = new ArrayList<>();
  private List<String>[] values = row(0);
  private List<String>[] spelled = row(0);

  /** Whether all views say the same of a field; null where it was not asked. */
  private Boolean[] common = {};

  private boolean oneView;
  private AuditEvent event;
  private long turn;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<String>[] row(int fields) {
    return new List[fields];
  }

  /** The place of a field; a new one for a new field. */
  int slot(String field) {
    return slots.computeIfAbsent(
        field,
        name -> {
          fields.add(name);
          return fields.size() - 1;
        });
  }

  void begin(AuditEvent next) {
    event = next;
    turn++;
    if (values.length < fields.size()) {
      values = row(fields.size());
      spelled = row(fields.size());
      common = new Boolean[fields.size()];
    }
    Arrays.fill(values, null);
    Arrays.fill(spelled, null);
    Arrays.fill(common, null);
    List<? extends Fields> views = next.views();
    oneView = views.size() == 1 && views.get(0) == next;
  }

  /** Counts the events. */
  long turn() {
    return turn;
  }

  /** The values in one view or another, folded. */
  List<String> of(int slot) {
    List<String> known = values[slot];
    if (known == null) {
      known = Fold.of(TimeFields.anywhere(event, fields.get(slot)));
      values[slot] = known;
    }
    return known;
  }

  /** The same as they are spelled. */
  List<String> spelled(int slot) {
    List<String> known = spelled[slot];
    if (known == null) {
      known = TimeFields.anywhere(event, fields.get(slot));
      spelled[slot] = known;
    }
    return known;
  }

  /** Whether the event is its only view: then one view's answers and the event's are the same. */
  boolean haveOneView() {
    return oneView;
  }

  /** Whether all views say the same of these fields: then each one's answers are the event's. */
  boolean agree(int... slots) {
    if (oneView) {
      return true;
    }
    for (int slot : slots) {
      if (!isCommon(slot)) {
        return false;
      }
    }
    return true;
  }

  private boolean isCommon(int slot) {
    if (common[slot] == null) {
      common[slot] = event.isCommon(fields.get(slot));
    }
    return common[slot];
  }

  /** Whether the field is there, be it without a value. */
  boolean isThere(int slot) {
    if (!spelled(slot).isEmpty()) {
      return true;
    }
    if (oneView) {
      return event.has(fields.get(slot));
    }
    for (Fields view : event.views()) {
      if (view.has(fields.get(slot))) {
        return true;
      }
    }
    return false;
  }
}
