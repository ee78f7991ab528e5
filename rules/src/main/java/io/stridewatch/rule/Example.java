package io.stridewatch.rule;

import java.util.List;

/**
 * Records that a rule must fire on, or stay silent on.
 *
 * @param name what it shows
 * @param fires how many alerts the rule gives
 * @param from the recording that it was taken from; may be empty
 * @param records raw values of the events topic, in order
 * @param line where it stands in the rule's file
 */
public record Example(String name, int fires, String from, List<String> records, int line) {
  /** The list is copied. */
  public Example {
    records = List.copyOf(records);
  }
}
