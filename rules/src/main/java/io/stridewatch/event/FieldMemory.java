package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The values of the fields of an event that is its only view: each is worked out once, for many
 * rules ask for the same few. What every such event has is told here. One thread.
 */
final class FieldMemory {
  private final AuditEvent event;
  private final Function<String, List<String>> own;
  private Map<String, List<String>> known = new HashMap<>(64);

  /**
   * @param own reads what is not common to all events; an empty list where there is nothing
   */
  FieldMemory(AuditEvent event, Function<String, List<String>> own) {
    this.event = event;
    this.own = own;
  }

  List<String> values(String field) {
    List<String> values = known.get(field);
    if (values == null) {
      values = read(field);
      known.put(field, values);
    }
    return values;
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
    known = new HashMap<>(0);
  }
}
