package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.And;
import io.stridewatch.rule.falco.Expression.Check;
import io.stridewatch.rule.falco.Expression.Field;
import io.stridewatch.rule.falco.Expression.Or;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules that ask for fields of pods in requests about something else, where Falco has none: not of
 * a Deployment's template, nor of any other.
 */
final class PodsAlone {
  private static final Set<String> SETS = Set.of("=", "in", "intersects");
  private boolean others;
  private final Set<String> fields = new TreeSet<>();

  private PodsAlone() {}

  /** Null where it asks for none, or for pods. */
  static String hint(Expression expression) {
    PodsAlone asked = new PodsAlone();
    asked.needed(expression);
    return asked.others && !asked.fields.isEmpty()
        ? asked.fields.iterator().next()
            + " has a value in requests for pods alone, and never sees a template: write"
            + " jevt.value[/requestObject/spec/template/spec/containers] contains ..."
        : null;
  }

  /** What must be true for the whole to be true. */
  private void needed(Expression expression) {
    if (expression instanceof And and) {
      and.parts().forEach(this::needed);
    } else if (expression instanceof Or or) {
      or.parts().stream().filter(Check.class::isInstance).forEach(this::field);
    } else if (expression instanceof Check check && check.left() instanceof Field asked) {
      boolean resource = asked.name().equals("ka.target.resource");
      others |= resource && SETS.contains(check.operator()) && !check.values().contains("pods");
      field(check);
    }
  }

  private void field(Expression expression) {
    if (((Check) expression).left() instanceof Field field
        && field.name().startsWith("ka.req.pod.")) {
      fields.add(field.name());
    }
  }
}
