package io.stridewatch.score;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Times;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that was done while a recording was made, as its maker wrote it down.
 *
 * @param name who did what, for a person
 * @param from nanoseconds since 1970 at which it began
 * @param until at which the next one began
 * @param threats rows of the threat model that it is an instance of; none of ordinary life
 * @param auditIds its own records, where the maker noted them; else it is known by its time
 */
record Action(String name, long from, long until, List<String> threats, Set<String> auditIds) {
  /** An audit time stamp comes from a coarse clock: up to this much before the action itself. */
  private static final long COARSE = 10_000_000L;

  private static final Pattern AUDIT_ID = Pattern.compile("\"auditID\":\"([^\"]*)\"");

  boolean attack() {
    return !threats.isEmpty();
  }

  /** Whether the alert names the threat and carries a record of this action. */
  boolean toldBy(Alert alert, String threat) {
    return alert.threats().contains(threat) && alert.evidence().stream().anyMatch(this::shownBy);
  }

  /** Whether the alert is about this action and calls for somebody. */
  boolean alarmedBy(Alert alert) {
    List<Evidence> evidence = alert.evidence();
    return alert.severity().atLeast(Severity.MEDIUM) && shownBy(evidence.get(evidence.size() - 1));
  }

  private boolean shownBy(Evidence evidence) {
    if (auditIds.isEmpty()) {
      long nanos = Times.nanos(evidence.time());
      long early = evidence.source() == Source.AUDITD ? COARSE : 0;
      return nanos >= from - early && nanos < until - early;
    }
    Matcher auditId = AUDIT_ID.matcher(String.valueOf(evidence.raw()));
    return auditId.find() && auditIds.contains(auditId.group(1));
  }
}
