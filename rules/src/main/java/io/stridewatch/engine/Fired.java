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
    long deadline = match.nanos() + match.memory().timespan();
    boolean atOnce = match.memory().correlation().atOnce();
    if (memory instanceof Chain chain) {
      return atOnce
          ? of(match, named(match, chain), chain.window(), match.nanos())
          : of(match, match.event(), chain.unansweredWindow(), deadline);
    }
    Tally tally = (Tally) memory;
    if (atOnce) {
      return of(match, match.event(), tally.fired(match), match.nanos());
    }
    Window window = tally.endedWindow();
    return of(match, window.newest(), window, deadline);
  }

  /**
   * Where scopes are linked somebody did something here that shows there: the record of the rule
   * that is named first tells who and what, whichever came last.
   */
  private static AuditEvent named(Match match, Chain chain) {
    return match.memory().correlation().linked() ? chain.speaker() : match.event();
  }

  private static Fired of(Match match, AuditEvent completing, Window window, long nanos) {
    return new Fired(match.memory().number(), match.group(), completing, window, nanos);
  }
}
