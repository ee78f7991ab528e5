package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.event.Secrets;
import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Keyword;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.ConditionWords;
import io.stridewatch.rule.EplExpression;
import io.stridewatch.rule.Logic.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Judges one event by one condition without Esper, and says why: what a rule's EPL does, by the
 * same {@link Views}. For people, not for the road. A test holds both equal.
 */
public final class Trial {
  private static final int LONGEST = 120;
  private final Offer offer;
  private final Views all;
  private final AuditEvent event;

  private Trial(AuditEvent event) {
    this.event = event;
    this.all = Views.of(event);
    this.offer = new Offer("", event, all);
  }

  /**
   * What a selection made of the event.
   *
   * @param misses what else would have had to be so, in the record that came nearest
   */
  public record Verdict(String selection, boolean holds, List<String> misses) {
    /** The list is copied. */
    public Verdict {
      misses = List.copyOf(misses);
    }
  }

  /** Whether the event matches. */
  public static boolean matches(Condition condition, AuditEvent event) {
    return new Trial(event).holds(condition);
  }

  /** Each selection of a detection, in its order. */
  public static List<Verdict> verdicts(Detection detection, AuditEvent event) {
    Trial trial = new Trial(event);
    List<Verdict> verdicts = new ArrayList<>();
    if (detection.selections().isEmpty()) {
      verdicts.add(trial.verdict("condition", detection.condition()));
    }
    detection.selections().forEach((name, part) -> verdicts.add(trial.verdict(name, part)));
    return verdicts;
  }

  private Verdict verdict(String name, Condition condition) {
    boolean holds = holds(condition);
    return new Verdict(name, holds, holds ? List.of() : misses(condition));
  }

  private boolean holds(Condition condition) {
    if (condition instanceof And and) {
      return and.parts().stream().allMatch(this::holds);
    } else if (condition instanceof Or or) {
      return or.parts().stream().anyMatch(this::holds);
    } else if (condition instanceof Not not) {
      return !holds(not.part());
    } else if (condition instanceof AnyView view) {
      return narrowed(view.part(), all, all).found();
    } else if (condition instanceof Keyword keyword) {
      Test test = new Test("raw", keyword.operator(), keyword.cased(), keyword.values());
      return asked(test, offer.getRecord()).found();
    } else if (condition instanceof EplExpression epl) {
      return EplTrial.holds(epl, event);
    }
    return asked((Test) condition, all).found();
  }

  /** Those of {@code from} that satisfy what is judged on one view. */
  private static Views narrowed(Condition condition, Views from, Views all) {
    if (condition instanceof And and) {
      Views left = from;
      for (Condition part : and.parts()) {
        left = narrowed(part, left, all);
      }
      return left;
    } else if (condition instanceof Or or) {
      return from.both(
          or.parts().stream()
              .map(part -> narrowed(part, all, all))
              .reduce(Views::either)
              .orElseThrow());
    } else if (condition instanceof Not not) {
      return from.except(narrowed(not.part(), all, all));
    }
    return asked((Test) condition, from);
  }

  private static Views asked(Test test, Views views) {
    String field = test.field();
    boolean cased = test.cased();
    String[] values =
        test.values().stream()
            .map(value -> Epl.constant(test.operator(), cased, value))
            .toArray(String[]::new);
    return switch (test.operator()) {
      case EQUAL -> cased ? views.equalCased(field, values) : views.equal(field, values);
      case CONTAINS -> cased ? views.containsCased(field, values) : views.contains(field, values);
      case STARTS_WITH ->
          cased ? views.startsWithCased(field, values) : views.startsWith(field, values);
      case ENDS_WITH -> cased ? views.endsWithCased(field, values) : views.endsWith(field, values);
      case LIKE -> cased ? views.isLikeCased(field, values) : views.isLike(field, values);
      case MATCHES -> views.matches(field, values);
      case CIDR -> views.inNetwork(field, values);
      case LESS -> views.less(field, values);
      case LESS_OR_EQUAL -> views.lessOrEqual(field, values);
      case GREATER -> views.greater(field, values);
      case GREATER_OR_EQUAL -> views.greaterOrEqual(field, values);
      case WITHIN -> views.withinCased(field, values);
      case BELOW -> views.belowCased(field, values);
      case ABOVE -> views.aboveCased(field, values);
      case SAME_AS -> cased ? views.sameAsCased(field, values) : views.sameAs(field, values);
      case EXISTS -> views.present(field);
      case MISSING -> views.missing(field);
    };
  }

  /** Of alternatives those of the one that came nearest. */
  private List<String> misses(Condition condition) {
    if (condition instanceof Or or) {
      return or.parts().stream()
          .map(this::misses)
          .min(Comparator.comparingInt(List::size))
          .orElse(List.of());
    } else if (condition instanceof And and) {
      return and.parts().stream()
          .filter(part -> !holds(part))
          .flatMap(part -> misses(part).stream())
          .toList();
    } else if (condition instanceof AnyView view) {
      return event.views().stream()
          .map(record -> misses(view.part(), record))
          .min(Comparator.comparingInt(List::size))
          .orElse(List.of());
    }
    return List.of(ConditionWords.of(condition) + ", and it is not so");
  }

  private static List<String> misses(Condition condition, Fields record) {
    List<Condition> parts = condition instanceof And and ? and.parts() : List.of(condition);
    Views one = Views.of(record);
    return parts.stream()
        .filter(part -> !narrowed(part, one, one).found())
        .map(part -> ConditionWords.of(part) + ": " + found(part, record))
        .toList();
  }

  private static String found(Condition part, Fields record) {
    Condition inner = part instanceof Not not ? not.part() : part;
    if (!(inner instanceof Test test)) {
      return "none of it is so";
    }
    List<String> values = TimeFields.values(record, test.field());
    if (values.isEmpty()) {
      return record.has(test.field()) ? "it has no value" : "it is not there";
    }
    String text = Secrets.masked(String.join("', '", values));
    return "it is '" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "'";
  }
}
