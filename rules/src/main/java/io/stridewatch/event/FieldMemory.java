package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The values of the fields of an event that is its only view: each is worked out once, for many
 * rules ask for the same few. What every such event has is told here. One thread.
 */
final class FieldMemory {
  private static final int ROOM = 64;
  private static final String[] NO_FIELDS = {};
  private static final List<String>[] NO_VALUES = row(0);
  private final AuditEvent event;
  private final Function<String, List<String>> own;

  /** A field at the first free place from that of its hash, its values at the same; or nothing. */
  private String[] fields = NO_FIELDS;

  private List<String>[] known = NO_VALUES;
  private int size;

  /**
   * @param own reads what is not common to all events; an empty list where there is nothing
   */
  FieldMemory(AuditEvent event, Function<String, List<String>> own) {
    this.event = event;
    this.own = own;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<String>[] row(int length) {
    return new List[length];
  }

  List<String> values(String field) {
    if (fields.length == 0) {
      room(ROOM);
    }
    int at = place(field);
    if (fields[at] != null) {
      return known[at];
    }
    List<String> values = read(field);
    put(field, values);
    return values;
  }

  private int place(String field) {
    int hash = field.hashCode();
    int at = (hash ^ hash >>> 16) & fields.length - 1;
    while (fields[at] != null && !fields[at].equals(field)) {
      at = at + 1 & fields.length - 1;
    }
    return at;
  }

  /** Others may have been put, or all forgotten, while its values were worked out. */
  private void put(String field, List<String> values) {
    if (2 * size >= fields.length) {
      grow();
    }
    int at = place(field);
    size += fields[at] == null ? 1 : 0;
    fields[at] = field;
    known[at] = values;
  }

  private void room(int length) {
    fields = new String[length];
    known = row(length);
    size = 0;
  }

  private void grow() {
    String[] before = fields;
    List<String>[] values = known;
    room(Math.max(ROOM, 2 * before.length));
    for (int i = 0; i < before.length; i++) {
      if (before[i] != null) {
        put(before[i], values[i]);
      }
    }
  }

  private List<String> read(String field) {
    return switch (field) {
      case "source" -> List.of(event.source().label());
      case "scope" -> List.of(event.scope());
      case "actor" -> {
        Map<String, String> actor = event.actor();
        yield actor == null ? List.of() : List.of(actor.get("name"));
      }
      default -> own.apply(field);
    };
  }

  /** Forgets it all; what is asked for again is worked out again. */
  void rest() {
    fields = NO_FIELDS;
    known = NO_VALUES;
    size = 0;
  }
}
