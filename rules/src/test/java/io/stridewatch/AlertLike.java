package io.stridewatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A sample alert in which some of it is to be another. Each call changes this one. */
public final class AlertLike {
  private final Alert sample;
  private String rule;
  private Severity severity;
  private List<Stride> stride;
  private List<String> tags;
  private Instant time;
  private String scope;
  private String summary;
  private Map<String, String> actor;

  private AlertLike(Alert sample) {
    this.sample = sample;
    rule = sample.rule();
    severity = sample.severity();
    stride = sample.stride();
    tags = sample.tags();
    time = sample.time();
    scope = sample.scope();
    summary = sample.summary();
    actor = sample.actor();
  }

  /** All of it as there, so far. */
  public static AlertLike of(Alert sample) {
    return new AlertLike(sample);
  }

  /** Of a rule with that severity. */
  public AlertLike rule(String id, Severity how) {
    rule = id;
    severity = how;
    return this;
  }

  /** With these letters. */
  public AlertLike stride(List<Stride> letters) {
    stride = letters;
    return this;
  }

  /** With these tags. */
  public AlertLike tags(List<String> names) {
    tags = names;
    return this;
  }

  /** Of one record, at that time in that scope. */
  public AlertLike at(Instant when, String where) {
    time = when;
    scope = where;
    return this;
  }

  /** By that user, who did it. */
  public AlertLike by(String user, String what) {
    return by(SampleAlerts.entity("kind", "user", "name", user), what);
  }

  /** By them, who did it. */
  public AlertLike by(Map<String, String> who, String what) {
    actor = who;
    summary = what;
    return this;
  }

  /** The alert itself. */
  public Alert alert() {
    return new Alert(
        sample.id(),
        rule,
        sample.title(),
        severity,
        stride,
        sample.threats(),
        tags,
        time,
        scope,
        summary,
        actor,
        sample.target(),
        sample.evidence(),
        sample.remedy(),
        1,
        time,
        time,
        null);
  }
}
