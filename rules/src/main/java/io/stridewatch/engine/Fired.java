package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import java.util.List;

/**
 * A rule that fired.
 *
 * @param number of the rule
 * @param group the values that its records have in common
 * @param completing whose actor and target the alert names
 * @param nanos event time of the alert
 */
record Fired(int number, List<String> group, AuditEvent completing, Window window, long nanos) {

  static Fired at(int number, AuditEvent event) {
    return new Fired(number, List.of(), event, Window.of(event), event.nanos());
  }

  /**
   * A row of a rule with memory.
   *
   * @param memory the {@link Tally} or {@link Chain} of the match's group
   */
  static Fired of(Match match, Object memory) {
    if (memory instanceof Chain chain) {
      return new Fired(number(match), match.group(), match.event(), chain.window(), match.nanos());
    }
    Tally tally = (Tally) memory;
    if (match.memory().correlation().comparison().rises()) {
      Window window = tally.fired(match);
      return new Fired(number(match), match.group(), match.event(), window, match.nanos());
    }
    Window window = tally.endedWindow();
    long deadline = match.nanos() + match.memory().timespan();
    return new Fired(number(match), match.group(), window.newest(), window, deadline);
  }

  private static int number(Match match) {
    return match.memory().number();
  }
}
