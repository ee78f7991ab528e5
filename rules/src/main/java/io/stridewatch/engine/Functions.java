package io.stridewatch.engine;

import io.stridewatch.Fields;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the EPL of rules calls. Each function asks whether one of a field's values stands so to one
 * of the rule's. Public because Esper's compiled classes call it; thread-safe. None throws: a
 * function that fails is false, is counted, and the first one is logged, because Esper would hide
 * an exception or lose the event for all rules.
 */
public final class Functions {
  private static final Logger LOG = LoggerFactory.getLogger(Functions.class);
  private static final AtomicLong FAILED = new AtomicLong();

  private Functions() {}

  /** How often a function failed since the program started. */
  static long failed() {
    return FAILED.get();
  }

  /** Equal but for case. */
  public static boolean equal(Fields view, String field, String... values) {
    return any(view, field, values, String::equalsIgnoreCase);
  }

  /** Equal. */
  public static boolean equalCased(Fields view, String field, String... values) {
    return any(view, field, values, String::equals);
  }

  /** Has it in it, but for case. */
  public static boolean contains(Fields view, String field, String... values) {
    return any(view, field, values, Functions::containsFolded);
  }

  /** Has it in it. */
  public static boolean containsCased(Fields view, String field, String... values) {
    return any(view, field, values, String::contains);
  }

  /** Begins with it, but for case. */
  public static boolean startsWith(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> at(have, 0, want));
  }

  /** Begins with it. */
  public static boolean startsWithCased(Fields view, String field, String... values) {
    return any(view, field, values, String::startsWith);
  }

  /** Ends with it, but for case. */
  public static boolean endsWith(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> at(have, have.length() - want.length(), want));
  }

  /** Ends with it. */
  public static boolean endsWithCased(Fields view, String field, String... values) {
    return any(view, field, values, String::endsWith);
  }

  /** Is of a pattern with {@code *} and {@code ?}, but for case. */
  public static boolean isLike(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> Constants.glob(want, false).matches(have));
  }

  /** Is of a pattern with {@code *} and {@code ?}. */
  public static boolean isLikeCased(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> Constants.glob(want, true).matches(have));
  }

  /** Has a match of a regular expression in it. */
  public static boolean matches(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> Constants.regex(want).isIn(have));
  }

  /** Is an address of a network. */
  public static boolean inNetwork(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> Constants.network(want).contains(have));
  }

  /** Is a number below. */
  public static boolean less(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> difference(have, want) < 0);
  }

  /** Is a number, and not above. */
  public static boolean lessOrEqual(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> difference(have, want) <= 0);
  }

  /** Is a number above. */
  public static boolean greater(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> difference(have, want) > 0);
  }

  /** Is a number, and not below. */
  public static boolean greaterOrEqual(Fields view, String field, String... values) {
    return any(view, field, values, (have, want) -> difference(have, want) >= 0);
  }

  /** Equal, but for case, to a value of another field. */
  public static boolean sameAs(Fields view, String field, String... others) {
    return any(
        view,
        field,
        others,
        (have, other) -> view.values(other).stream().anyMatch(have::equalsIgnoreCase));
  }

  /** Equal to a value of another field. */
  public static boolean sameAsCased(Fields view, String field, String... others) {
    return any(view, field, others, (have, other) -> view.values(other).contains(have));
  }

  /** The field is there, be it empty. */
  public static boolean present(Fields view, String field) {
    try {
      return view.has(field);
    } catch (RuntimeException e) {
      return failed(field, e);
    }
  }

  /** The field has no value. */
  public static boolean missing(Fields view, String field) {
    try {
      return view.values(field).isEmpty();
    } catch (RuntimeException e) {
      return failed(field, e);
    }
  }

  /** Whether a count has risen over its threshold, and says so for the first time. */
  public static boolean rose(Tally tally, String comparison, long threshold) {
    return tally != null && tally.rose(comparison, threshold);
  }

  /** Whether a group's first record leaves, and the count was so until then. */
  public static boolean ended(Tally tally, Match match, String comparison, long threshold) {
    return tally != null && tally.ended(match, comparison, threshold);
  }

  /** Whether the record just seen completed the chain. */
  public static boolean complete(Chain chain) {
    return chain != null && chain.isComplete();
  }

  private static boolean any(
      Fields view, String field, String[] values, BiPredicate<String, String> stands) {
    try {
      List<String> have = view.values(field);
      for (int i = 0; i < have.size(); i++) {
        for (String want : values) {
          if (stands.test(have.get(i), want)) {
            return true;
          }
        }
      }
      return false;
    } catch (RuntimeException e) {
      return failed(field, e);
    }
  }

  private static boolean failed(String field, RuntimeException e) {
    if (FAILED.getAndIncrement() == 0) {
      LOG.warn("A field could not be judged and counts as not matching. field={}", field, e);
    }
    return false;
  }

  private static boolean at(String have, int offset, String want) {
    return have.regionMatches(true, offset, want, 0, want.length());
  }

  private static boolean containsFolded(String have, String want) {
    int last = have.length() - want.length();
    for (int i = 0; i <= last; i++) {
      if (at(have, i, want)) {
        return true;
      }
    }
    return false;
  }

  /** NaN, which is neither above nor below nor equal, when either is no number. */
  private static double difference(String have, String want) {
    try {
      return Double.parseDouble(have) - Double.parseDouble(want);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
