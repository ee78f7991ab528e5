package io.stridewatch.rule;

import java.util.List;

/**
 * Records that a rule must fire on, or stay silent on.
 *
 * @param name what it shows
 * @param fires how many alerts the rule gives
 * @param from the recording that it was taken from; may be empty
 * @param records raw values of the events topic, in order
 * @param scopes where each of them was recorded
 * @param line where it stands in the rule's file
 */
public record Example(
    String name, int fires, String from, List<String> records, List<String> scopes, int line) {
  /** The scope of records that tell none. */
  public static final String SCOPE = "example";

  /** Lists are copied. */
  public Example {
    records = List.copyOf(records);
    scopes = List.copyOf(scopes);
  }
}
