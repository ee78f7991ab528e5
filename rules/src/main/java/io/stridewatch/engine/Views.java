package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Views of one event, fewer after each question: {@code views.equal('type',
 * 'PATH').contains('name', 'x').found()} asks whether one of them is both. Of several values one
 * suffices. Public because Esper's compiled classes call it; immutable but for what it remembers,
 * and for one thread. Nothing here throws: a view whose field can't be judged does not match, and
 * the first one is logged, because Esper would hide an exception or lose the event for all rules.
 */
public final class Views {
  private static final Logger LOG = LoggerFactory.getLogger(Views.class);
  private static final AtomicBoolean FAILED = new AtomicBoolean();
  private final Fields[] views;
  private final BitSet kept;

  private Views(Fields[] views, BitSet kept) {
    this.views = views;
    this.kept = kept;
  }

  /** All views of an event. */
  static Views of(AuditEvent event) {
    return of(event.views().stream().map(Remembered::new).toArray(Fields[]::new));
  }

  static Views of(Fields... views) {
    BitSet all = new BitSet(views.length);
    all.set(0, views.length);
    return new Views(views, all);
  }

  /** Whether a view is left. */
  public boolean found() {
    return !kept.isEmpty();
  }

  /** What is left here and there. */
  public Views both(Views other) {
    BitSet both = (BitSet) kept.clone();
    both.and(other.kept);
    return new Views(views, both);
  }

  /** What is left here or there. */
  public Views either(Views other) {
    BitSet either = (BitSet) kept.clone();
    either.or(other.kept);
    return new Views(views, either);
  }

  /** What is left here and not there. */
  public Views except(Views other) {
    BitSet except = (BitSet) kept.clone();
    except.andNot(other.kept);
    return new Views(views, except);
  }

  /** Equal but for case. */
  public Views equal(String field, String... values) {
    return having(field, values, String::equalsIgnoreCase);
  }

  /** Equal. */
  public Views equalCased(String field, String... values) {
    return having(field, values, String::equals);
  }

  /** Has it in it, but for case. */
  public Views contains(String field, String... values) {
    return having(field, values, Views::containsFolded);
  }

  /** Has it in it. */
  public Views containsCased(String field, String... values) {
    return having(field, values, String::contains);
  }

  /** Begins with it, but for case. */
  public Views startsWith(String field, String... values) {
    return having(field, values, (have, want) -> at(have, 0, want));
  }

  /** Begins with it. */
  public Views startsWithCased(String field, String... values) {
    return having(field, values, String::startsWith);
  }

  /** Ends with it, but for case. */
  public Views endsWith(String field, String... values) {
    return having(field, values, (have, want) -> at(have, have.length() - want.length(), want));
  }

  /** Ends with it. */
  public Views endsWithCased(String field, String... values) {
    return having(field, values, String::endsWith);
  }

  /** Is of a pattern with {@code *} and {@code ?}, but for case. */
  public Views isLike(String field, String... values) {
    return having(field, values, (have, want) -> Constants.glob(want, false).matches(have));
  }

  /** Is of a pattern with {@code *} and {@code ?}. */
  public Views isLikeCased(String field, String... values) {
    return having(field, values, (have, want) -> Constants.glob(want, true).matches(have));
  }

  /** Has a match of a regular expression in it. */
  public Views matches(String field, String... values) {
    return having(field, values, (have, want) -> Constants.regex(want).isIn(have));
  }

  /** Is an address of a network. */
  public Views inNetwork(String field, String... values) {
    return having(field, values, (have, want) -> Constants.network(want).contains(have));
  }

  /** Is a number below. */
  public Views less(String field, String... values) {
    return having(field, values, (have, want) -> difference(have, want) < 0);
  }

  /** Is a number, and not above. */
  public Views lessOrEqual(String field, String... values) {
    return having(field, values, (have, want) -> difference(have, want) <= 0);
  }

  /** Is a number above. */
  public Views greater(String field, String... values) {
    return having(field, values, (have, want) -> difference(have, want) > 0);
  }

  /** Is a number, and not below. */
  public Views greaterOrEqual(String field, String... values) {
    return having(field, values, (have, want) -> difference(have, want) >= 0);
  }

  /** Each value there is, and there is one, is one of these. */
  public Views withinCased(String field, String... values) {
    List<String> some = List.of(values);
    return keep(field, view -> isWithin(view.values(field), some));
  }

  /** Is text before it, in the order of UTF-8's bytes. */
  public Views belowCased(String field, String... values) {
    return having(field, values, (have, want) -> order(have, want) < 0);
  }

  /** Is text behind it, in the order of UTF-8's bytes. */
  public Views aboveCased(String field, String... values) {
    return having(field, values, (have, want) -> order(have, want) > 0);
  }

  /** Equal, but for case, to a value of another field. */
  public Views sameAs(String field, String... others) {
    return keep(field, view -> same(view, field, others, String::equalsIgnoreCase));
  }

  /** Equal to a value of another field. */
  public Views sameAsCased(String field, String... others) {
    return keep(field, view -> same(view, field, others, String::equals));
  }

  /** The field is there, be it empty. */
  public Views present(String field) {
    return keep(field, view -> view.has(field));
  }

  /** The field has no value. */
  public Views missing(String field) {
    return keep(field, view -> view.values(field).isEmpty());
  }

  private Views having(String field, String[] values, BiPredicate<String, String> stands) {
    return keep(field, view -> any(view.values(field), values, stands));
  }

  private Views keep(String field, Predicate<Fields> asked) {
    BitSet left = new BitSet(views.length);
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      if (holds(field, asked, views[i])) {
        left.set(i);
      }
    }
    return new Views(views, left);
  }

  private static boolean holds(String field, Predicate<Fields> asked, Fields view) {
    try {
      return asked.test(view);
    } catch (RuntimeException e) {
      if (FAILED.compareAndSet(false, true)) {
        LOG.warn("A field could not be judged and counts as not matching. field={}", field, e);
      }
      return false;
    }
  }

  private static boolean any(
      List<String> have, String[] values, BiPredicate<String, String> stands) {
    for (int i = 0; i < have.size(); i++) {
      for (String want : values) {
        if (stands.test(have.get(i), want)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean same(
      Fields view, String field, String[] others, BiPredicate<String, String> stands) {
    for (String other : others) {
      if (any(view.values(field), view.values(other).toArray(String[]::new), stands)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(List<String> have, List<String> some) {
    return !have.isEmpty() && some.containsAll(have);
  }

  private static int order(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
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
  static double difference(String have, String want) {
    try {
      return Double.parseDouble(have) - Double.parseDouble(want);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
