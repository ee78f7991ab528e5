package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.rule.TimePart;
import java.util.List;

/** Values of fields, those among them that are part of a date: {@code hour(time)}. */
final class TimeFields {
  private TimeFields() {}

  static List<String> values(Fields view, String field) {
    TimePart part = part(field);
    return part == null ? view.values(field) : part.in(view.values(part.field()));
  }

  static List<String> anywhere(AuditEvent event, String field) {
    TimePart part = part(field);
    return part == null ? event.anywhere(field) : part.in(event.anywhere(part.field()));
  }

  private static TimePart part(String field) {
    return field.endsWith(")") ? TimePart.of(field) : null;
  }
}
