package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import java.util.List;

/**
 * An event that a rule with memory counts, with what the rule asks of it: what those rules select
 * from. Public because Esper's compiled classes read it.
 */
public final class Match {
  private final Memory memory;
  private final AuditEvent event;
  private final long nanos;
  private final Window window;
  private final List<String> group;
  private final String groupKey;
  private final List<String> values;
  private final long steps;
  private final List<String> origin;

  /**
   * @param fired what the rule sees: a record, or another rule with memory that fired
   * @param group the values of the fields that the rule groups by
   * @param values of the field that the rule reckons with
   * @param steps a bit for each rule of the correlation that the event matches
   */
  Match(Memory memory, Fired fired, List<String> group, List<String> values, long steps) {
    this.memory = memory;
    this.event = fired.completing();
    this.nanos = fired.nanos();
    this.window = fired.window();
    this.group = group;
    this.groupKey = Memory.joined("\0", group);
    this.values = values;
    this.steps = steps;
    this.origin = fired.group();
  }

  /** The name of the rule's module. */
  public String getRule() {
    return memory.name();
  }

  /** The group's values as one. */
  public String getGroupKey() {
    return groupKey;
  }

  /** What EPL of the rule's own asks. */
  public AuditEvent getEvent() {
    return event;
  }

  Memory memory() {
    return memory;
  }

  AuditEvent event() {
    return event;
  }

  long nanos() {
    return nanos;
  }

  /** What tells it from any other of its group. */
  String name() {
    String whose = memory.correlation().linked() ? event.scope() + "/" : "";
    String what = nanos + "/" + steps + "/" + String.join("\0", origin);
    return what + "/" + whose + Recalled.name(event);
  }

  /** Where it is counted: in its event's scope, or where scopes are linked. */
  String scope() {
    return memory.correlation().linked() ? SecondStage.SCOPE : event.scope();
  }

  /** The records that it stands for: one, or those of a rule with memory that fired. */
  Window window() {
    return window;
  }

  List<String> group() {
    return group;
  }

  List<String> values() {
    return values;
  }

  boolean isStep(int step) {
    return (steps >> step & 1) != 0;
  }
}
