package io.stridewatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What happened, understood: one record read by its source's decoder. Reading is lazy: what no rule
 * asks for is not decoded. Used by one thread at a time. Equal records give equal answers, whatever
 * the machine, locale or time zone.
 */
public interface AuditEvent extends Fields {

  /** Which kind of system said it. */
  Source source();

  /** The host or cluster that it happened on. */
  String scope();

  /** Unique within its scope, from what the source itself says of the event. */
  String id();

  /**
   * The record's name as its source gives it: {@code audit(TIME:SERIAL)} with its node, {@code
   * auditID/stage}, {@code timeNano/Type/Action/ID}.
   */
  String ref();

  /** Event time in nanoseconds since 1970, by the source's own clock. */
  long nanos();

  /** The bytes as the source wrote them. Shared: nobody changes them. */
  byte[] raw();

  /**
   * What a selection of a rule is judged on, one after another: the event itself for most sources;
   * for auditd each of its records, together with what is common to the event.
   */
  List<? extends Fields> views();

  /**
   * The values that a field has in one view or another, some perhaps more than once: none here,
   * none in any view.
   */
  default List<String> anywhere(String field) {
    List<String> all = List.of();
    for (Fields view : views()) {
      List<String> some = view.values(field);
      if (all.isEmpty()) {
        all = some;
      } else if (!some.isEmpty()) {
        all = new ArrayList<>(all);
        all.addAll(some);
      }
    }
    return all;
  }

  /** Whether all views are known to say the same of a field. */
  default boolean isCommon(String field) {
    return false;
  }

  /** Who did it: {@code kind}, {@code name} and more; null when the record doesn't tell. */
  Map<String, String> actor();

  /**
   * What it was done to: {@code kind}, {@code name} and more; null when the record doesn't tell.
   */
  Map<String, String> target();

  /** What the collector found beside the record. */
  default Found found() {
    return Found.NOTHING;
  }

  /** Lets go of what was worked out from the bytes: who keeps an event for long keeps no more. */
  default void rest() {}

  /** Event time. */
  default Instant time() {
    return Times.ofNanos(nanos());
  }
}
