package io.stridewatch;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person must know: one match of one rule, with the records that prove it. Its content
 * depends on the records and the rules and nothing else. {@link AlertJson} says it to the byte.
 *
 * @param id 32 hex digits from rule, digest, scope, group values and evidence ids
 * @param time of the record that completed it; of an absence its deadline
 * @param summary one line, at most 300 characters: who did what to what, where
 * @param actor at least {@code kind} and {@code name}, or null
 * @param target at least {@code kind} and {@code name}, or null
 * @param evidence by time, then id; the first 50 and the last 50 where there are more than 100
 * @param count of all records that made it
 * @param first time of the oldest of them
 * @param last time of the newest of them
 * @param group what to present it with, or null
 */
public record Alert(
    String id,
    String rule,
    String title,
    Severity severity,
    List<Stride> stride,
    List<String> threats,
    List<String> tags,
    Instant time,
    String scope,
    String summary,
    Map<String, String> actor,
    Map<String, String> target,
    List<Evidence> evidence,
    String remedy,
    long count,
    Instant first,
    Instant last,
    String group) {

  /** The published schema's name and version. */
  public static final String SCHEMA = "stridewatch.alert/1";

  /** Time, rule, id: the order in which alerts are told. */
  public static final Comparator<Alert> ORDER =
      Comparator.comparing(Alert::time).thenComparing(Alert::rule).thenComparing(Alert::id);

  /** Lists and maps are copied. */
  public Alert {
    stride = List.copyOf(stride);
    threats = List.copyOf(threats);
    tags = List.copyOf(tags);
    evidence = List.copyOf(evidence);
    actor = inOrder(actor);
    target = inOrder(target);
  }

  /** Keys keep their order: an alert is the same to the byte each time. */
  private static Map<String, String> inOrder(Map<String, String> entity) {
    return entity == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(entity));
  }
}
