package io.stridewatch.rule.falco;

import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition as a rule of ours would say the same: each test a selection by itself, no part of a
 * kind within one of that kind, none alone, and nothing that is always true or never.
 */
final class Simpler {
  private static final Condition ALWAYS = new And(List.of());
  private static final Condition NEVER = new Or(List.of());

  /** What Falco's own files write for what is never true. */
  private static final Condition NO_TIME =
      new AnyView(new Test("jevt.rawtime", Operator.EQUAL, true, List.of("0")));

  private static final Condition SOME_TIME =
      new AnyView(new Test("jevt.rawtime", Operator.EXISTS, false, List.of()));

  private Simpler() {}

  static Condition of(Condition condition) {
    Condition simpler = simpler(condition);
    return simpler.equals(NEVER) ? NO_TIME : simpler.equals(ALWAYS) ? SOME_TIME : simpler;
  }

  private static Condition simpler(Condition condition) {
    if (condition instanceof And and) {
      return joined(and.parts(), ALWAYS, NEVER);
    } else if (condition instanceof Or or) {
      return joined(or.parts(), NEVER, ALWAYS);
    } else if (condition instanceof Not not) {
      Condition part = simpler(not.part());
      return part.equals(NEVER) ? ALWAYS : part.equals(ALWAYS) ? NEVER : new Not(part);
    }
    return condition instanceof Test ? new AnyView(condition) : condition;
  }

  /** {@code none} adds nothing to the others, {@code all} decides alone. */
  private static Condition joined(List<Condition> parts, Condition none, Condition all) {
    List<Condition> joined = new ArrayList<>();
    for (Condition each : parts) {
      Condition part = simpler(each);
      if (part.equals(all)) {
        return all;
      } else if (part.getClass() == none.getClass()) {
        joined.addAll(none instanceof And ? ((And) part).parts() : ((Or) part).parts());
      } else {
        joined.add(part);
      }
    }
    return joined.isEmpty()
        ? none
        : none instanceof And ? Condition.all(joined) : Condition.any(joined);
  }
}
