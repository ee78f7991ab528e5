package io.stridewatch.engine;

import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.Operator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of which kinds an event must be for a rule to look further, so that what no rule asks of this
 * kind of event is never worked out. A gate is a word of bits for each of the few fields that tell
 * kinds apart and cost little to ask, a bit for each value that rules want of it; and one word for
 * all of them together, for rules that want this of one field or that of another. Values beyond the
 * number of bits share one.
 */
final class Gates {
  private static final long OPEN = -1;
  static final List<String> FIELDS =
      List.of(
          "type",
          "syscall",
          "change",
          "stage",
          "verb",
          "resource",
          "person",
          "action",
          "Type",
          "ka.stage",
          "ka.verb",
          "ka.target.resource");

  /** One bit is left over, so that no word of wanted values is the open one. */
  private static final int LAST_BIT = Long.SIZE - 2;

  private final Answers answers;
  private final int[] slots = new int[FIELDS.size()];
  private final Map<String, Bits>[] bits = maps();
  private int values;

  Gates(Answers answers) {
    this.answers = answers;
  }

  /** A value's bit in its field's word, and in the word of all fields. */
  private record Bits(long own, long shared) {}

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<String, Bits>[] maps() {
    return new Map[FIELDS.size()];
  }

  private static long[] open() {
    long[] gate = new long[FIELDS.size() + 1];
    Arrays.fill(gate, OPEN);
    return gate;
  }

  /** What an event must be for the condition to be true. */
  long[] of(Condition condition) {
    long[] gate = open();
    if (condition instanceof And and) {
      and.parts().forEach(part -> narrow(gate, of(part)));
    } else if (condition instanceof Or or) {
      Arrays.fill(gate, 0);
      or.parts().forEach(part -> widen(gate, of(part)));
    } else if (condition instanceof AnyView any) {
      return of(any.part());
    } else if (condition instanceof Test test && test.operator() == Operator.EQUAL) {
      int field = FIELDS.indexOf(test.field());
      if (field >= 0) {
        narrow(gate, wanting(field, test.values()));
      }
    }
    return gate;
  }

  /** A field may have several values, so two demands on it are two; the narrower one is kept. */
  private static void narrow(long[] gate, long[] more) {
    for (int i = 0; i < gate.length; i++) {
      gate[i] = Long.bitCount(more[i]) < Long.bitCount(gate[i]) ? more[i] : gate[i];
    }
  }

  /** Lets through what the other does, too. */
  private static void widen(long[] gate, long[] more) {
    for (int i = 0; i < gate.length; i++) {
      gate[i] |= more[i];
    }
  }

  private long[] wanting(int field, List<String> values) {
    if (bits[field] == null) {
      bits[field] = new HashMap<>();
      slots[field] = answers.slot(FIELDS.get(field));
    }
    long[] gate = open();
    gate[field] = 0;
    gate[FIELDS.size()] = 0;
    for (String value : values) {
      Bits of = bits[field].computeIfAbsent(Fold.of(value), any -> bits(field));
      gate[field] |= of.own;
      gate[FIELDS.size()] |= of.shared;
    }
    return gate;
  }

  private Bits bits(int field) {
    return new Bits(bit(bits[field].size()), bit(values++));
  }

  private static long bit(int number) {
    return 1L << Math.min(number, LAST_BIT);
  }

  /** What the event is that the answers are of. */
  long[] ofEvent() {
    long[] kinds = new long[FIELDS.size() + 1];
    for (int field = 0; field < FIELDS.size(); field++) {
      if (bits[field] != null) {
        List<String> have = answers.of(slots[field]);
        for (int i = 0; i < have.size(); i++) {
          Bits of = bits[field].get(have.get(i));
          if (of != null) {
            kinds[field] |= of.own;
            kinds[FIELDS.size()] |= of.shared;
          }
        }
      }
    }
    return kinds;
  }

  static boolean lets(long[] gate, long[] kinds) {
    for (int i = 0; i < gate.length; i++) {
      if (gate[i] != OPEN && (gate[i] & kinds[i]) == 0) {
        return false;
      }
    }
    return true;
  }
}
