package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is wrong with the parts of a document that are read each by itself, so that all of it is
 * told at once. Bound: the first 20 lines of a document.
 */
final class Faults {
  private static final int MOST = 20;
  private final List<UnreadableRuleException> found = new ArrayList<>();

  /** The part, or {@code instead} where it can't be read. */
  <T> T read(Supplier<T> part, T instead) {
    try {
      return part.get();
    } catch (UnreadableRuleException e) {
      found.addAll(e.all());
      return instead;
    }
  }

  /** Of a part that is asked for its faults alone. */
  void check(Supplier<?> part) {
    read(part::get, null);
  }

  void add(UnreadableRuleException fault) {
    found.add(fault);
  }

  /** Ends the reading of what has the parts, if one could not be read. */
  void end() {
    if (found.isEmpty()) {
      return;
    }
    found.sort(Comparator.comparing(UnreadableRuleException::line));
    if (found.size() > MOST) {
      UnreadableRuleException next = found.get(MOST - 1);
      int more = found.size() - MOST + 1;
      found.subList(MOST - 1, found.size()).clear();
      found.add(
          new UnreadableRuleException(
              next.line(), more + " faults more from here on: mend those before first"));
    }
    UnreadableRuleException first = new UnreadableRuleException(found.get(0));
    found.subList(1, found.size()).forEach(first::addSuppressed);
    throw first;
  }
}
