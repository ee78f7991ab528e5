package io.stridewatch.rule.falco;

/**
 * What Falco's own settings file says of its rules, and what we add.
 *
 * @param firstOnly whether of several rules that match an event only the first of the files speaks
 *     ({@code rule_matching: first}), or all
 * @param least rules of less priority are not there at all ({@code priority})
 * @param threats what rules are about, which Falco does not say
 */
public record FalcoSettings(boolean firstOnly, Priority least, ThreatTable threats) {

  /** All rules that match speak, whatever their priority. */
  public static FalcoSettings usual() {
    return new FalcoSettings(false, Priority.DEBUG, ThreatTable.shipped());
  }
}
