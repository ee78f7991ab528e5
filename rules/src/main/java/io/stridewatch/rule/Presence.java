package io.stridewatch.rule;

import java.util.List;
import java.util.function.IntPredicate;

/** Which of a temporal correlation's rules must have a record in the window. */
public sealed interface Presence {

  /** The rule of that place, from 0. */
  record Of(int rule) implements Presence {}

  /** All of these. */
  record All(List<Presence> parts) implements Presence {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** One of these at least. */
  record Any(List<Presence> parts) implements Presence {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** Rules of some number, whichever. */
  record Several(int rules, Threshold threshold) implements Presence {}

  /** Whether it is so when {@code there} says which rules have a record. */
  default boolean holds(IntPredicate there) {
    if (this instanceof Of of) {
      return there.test(of.rule());
    } else if (this instanceof All all) {
      return all.parts().stream().allMatch(part -> part.holds(there));
    } else if (this instanceof Any any) {
      return any.parts().stream().anyMatch(part -> part.holds(there));
    }
    Several several = (Several) this;
    int number = 0;
    for (int rule = 0; rule < several.rules(); rule++) {
      number += there.test(rule) ? 1 : 0;
    }
    int found = number;
    return several.threshold().holds(limit -> java.math.BigDecimal.valueOf(found).compareTo(limit));
  }
}
