package io.stridewatch;

import java.util.List;

/**
 * What a rule may ask of an event, or of one record of it: named fields, each with no, one or many
 * values. A field is the source's own name ({@code objectRef.resource}, {@code
 * HostConfig.Privileged}, {@code a0}) or a derived one in plain words ({@code actor}, {@code file},
 * {@code change}).
 */
public interface Fields {

  /**
   * The values of a field as text, spelled as the source spells them ({@code 0100644}, {@code
   * true}, {@code 1.50}); objects and arrays of objects have none of their own, an array of scalars
   * has one for each. Names are case-sensitive.
   *
   * @return empty when the field is missing or null; never null
   */
  List<String> values(String field);

  /** Whether the field is there at all, be it null or empty. */
  boolean has(String field);
}
