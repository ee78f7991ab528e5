package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.LongBinaryOperator;
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
  private final Map<String, Column> columns;
  private final Fields[] views;

  /** A bit for each view. */
  private final long[] kept;

  private Views(Map<String, Column> columns, Fields[] views, long[] kept) {
    this.columns = columns;
    this.views = views;
    this.kept = kept;
  }

  /** All views of an event. */
  static Views of(AuditEvent event) {
    return of(event.views().toArray(Fields[]::new));
  }

  static Views of(Fields... views) {
    long[] all = new long[(views.length + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < views.length; i++) {
      all[i / Long.SIZE] |= 1L << i;
    }
    return new Views(new HashMap<>(), views, all);
  }

  /** Whether a view is left. */
  public boolean found() {
    for (long word : kept) {
      if (word != 0) {
        return true;
      }
    }
    return false;
  }

  /** What is left here and there. */
  public Views both(Views other) {
    return with(other, (one, two) -> one & two);
  }

  /** What is left here or there. */
  public Views either(Views other) {
    return with(other, (one, two) -> one | two);
  }

  /** What is left here and not there. */
  public Views except(Views other) {
    return with(other, (one, two) -> one & ~two);
  }

  private Views with(Views other, LongBinaryOperator bits) {
    long[] left = new long[kept.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = bits.applyAsLong(kept[i], other.kept[i]);
    }
    return new Views(columns, views, left);
  }

  /** Equal but for case. */
  public Views equal(String field, String... values) {
    return folded(field, values, String::equals);
  }

  /** Equal. */
  public Views equalCased(String field, String... values) {
    return having(field, values, String::equals);
  }

  /** Has it in it, but for case. */
  public Views contains(String field, String... values) {
    return folded(field, values, String::contains);
  }

  /** Has it in it. */
  public Views containsCased(String field, String... values) {
    return having(field, values, String::contains);
  }

  /** Begins with it, but for case. */
  public Views startsWith(String field, String... values) {
    return folded(field, values, String::startsWith);
  }

  /** Begins with it. */
  public Views startsWithCased(String field, String... values) {
    return having(field, values, String::startsWith);
  }

  /** Ends with it, but for case. */
  public Views endsWith(String field, String... values) {
    return folded(field, values, String::endsWith);
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
    return having(field, values, (have, want) -> Compare.difference(have, want) < 0);
  }

  /** Is a number, and not above. */
  public Views lessOrEqual(String field, String... values) {
    return having(field, values, (have, want) -> Compare.difference(have, want) <= 0);
  }

  /** Is a number above. */
  public Views greater(String field, String... values) {
    return having(field, values, (have, want) -> Compare.difference(have, want) > 0);
  }

  /** Is a number, and not below. */
  public Views greaterOrEqual(String field, String... values) {
    return having(field, values, (have, want) -> Compare.difference(have, want) >= 0);
  }

  /** Each value there is, and there is one, is one of these. */
  public Views withinCased(String field, String... values) {
    List<String> some = List.of(values);
    return keep(field, (column, view) -> Compare.isWithin(column.of(view), some));
  }

  /** Is text before it, in the order of UTF-8's bytes. */
  public Views belowCased(String field, String... values) {
    return having(field, values, (have, want) -> Compare.order(have, want) < 0);
  }

  /** Is text behind it, in the order of UTF-8's bytes. */
  public Views aboveCased(String field, String... values) {
    return having(field, values, (have, want) -> Compare.order(have, want) > 0);
  }

  /** Equal, but for case, to a value of another field. */
  public Views sameAs(String field, String... others) {
    return keep(
        field, (column, view) -> same(column.of(view), view, others, String::equalsIgnoreCase));
  }

  /** Equal to a value of another field. */
  public Views sameAsCased(String field, String... others) {
    return keep(field, (column, view) -> same(column.of(view), view, others, String::equals));
  }

  /** The field is there, be it empty. */
  public Views present(String field) {
    return keep(field, Column::isThere);
  }

  /** The field has no value. */
  public Views missing(String field) {
    return keep(field, (column, view) -> column.of(view).isEmpty());
  }

  private Views having(String field, String[] values, BiPredicate<String, String> stands) {
    return keep(field, eachOnce(Column::of, have -> any(have, values, stands)));
  }

  /** The constants of the rule are folded already. */
  private Views folded(String field, String[] values, BiPredicate<String, String> stands) {
    return keep(field, eachOnce(Column::folded, have -> any(have, values, stands)));
  }

  private interface Said {
    List<String> of(Column column, int view);
  }

  /** What is common to an event is one list in all its views, which is judged once. */
  private static Asked eachOnce(Said said, Predicate<List<String>> holds) {
    return new Asked() {
      private List<String> judged;
      private boolean held;

      @Override
      public boolean holds(Column column, int view) {
        List<String> have = said.of(column, view);
        if (have != judged) {
          held = holds.test(have);
          judged = have;
        }
        return held;
      }
    };
  }

  private interface Asked {
    boolean holds(Column column, int view);
  }

  private Views keep(String field, Asked asked) {
    if (!found()) {
      return this;
    }
    Column column = column(field);
    long[] left = new long[kept.length];
    for (int word = 0; word < kept.length; word++) {
      for (long bits = kept[word]; bits != 0; bits &= bits - 1) {
        int bit = Long.numberOfTrailingZeros(bits);
        left[word] |= holds(field, asked, column, word * Long.SIZE + bit) ? 1L << bit : 0;
      }
    }
    return new Views(columns, views, left);
  }

  private Column column(String field) {
    Column column = columns.get(field);
    if (column == null) {
      column = new Column(field, views);
      columns.put(field, column);
    }
    return column;
  }

  private static boolean holds(String field, Asked asked, Column column, int view) {
    try {
      return asked.holds(column, view);
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

  private boolean same(
      List<String> have, int view, String[] others, BiPredicate<String, String> stands) {
    for (String other : others) {
      if (any(have, column(other).of(view).toArray(String[]::new), stands)) {
        return true;
      }
    }
    return false;
  }
}
