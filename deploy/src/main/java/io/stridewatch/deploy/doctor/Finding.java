package io.stridewatch.deploy.doctor;

import io.stridewatch.JsonLine;

/**
 * One thing that was looked at.
 *
 * @param state how it is
 * @param area {@code docker auditd kubernetes kafka disk instance}
 * @param what what was found, one line
 * @param mend the command, or the deed, that mends it; empty when nothing is to be done
 */
public record Finding(State state, String area, String what, String mend) {

  /** How bad it is. */
  public enum State {
    /** As it should be. */
    OK,
    /** Worth to know; nothing is watched less than was asked for. */
    NOTE,
    /** Something is not seen, or will be lost. */
    FAULT
  }

  static Finding ok(String area, String what) {
    return new Finding(State.OK, area, what, "");
  }

  static Finding note(String area, String what, String mend) {
    return new Finding(State.NOTE, area, what, mend);
  }

  static Finding fault(String area, String what, String mend) {
    return new Finding(State.FAULT, area, what, mend);
  }

  /** Two lines at most, for people. */
  public String text() {
    String line = "%-6s %-11s %s".formatted(state.name().toLowerCase(), area, shown(what));
    return mend.isEmpty() ? line : line + "\n" + " ".repeat(19) + "mend: " + shown(mend);
  }

  /** One line for people, as what {@code run} tells of its sources. */
  public String line() {
    return "%-11s %s: %s; mend: %s".formatted("doctor", area, shown(what), shown(mend));
  }

  /** One line of JSON. */
  public String json() {
    JsonLine line = new JsonLine().open('{').key("state").text(state.name().toLowerCase());
    line.key("area").text(area).key("what").text(what);
    return line.key("mend").text(mend.isEmpty() ? null : mend).close('}').toString();
  }

  /** What engines and files say is shown with nothing in it that moves the cursor. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars().forEach(c -> shown.append(JsonLine.escaped((char) c) ? '?' : (char) c));
    return shown.toString();
  }
}
