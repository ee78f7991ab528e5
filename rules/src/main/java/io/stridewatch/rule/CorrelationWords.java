package io.stridewatch.rule;

import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Group;
import io.stridewatch.rule.Logic.Kind;
import java.time.Duration;
import java.util.stream.Collectors;

/** What a correlation waits for, in words that people read. */
public final class CorrelationWords {
  private CorrelationWords() {}

  /** One line. */
  public static String of(Correlation correlation) {
    String groups =
        correlation.groupBy().stream().map(Group::name).collect(Collectors.joining(" and "));
    return "within "
        + text(correlation.timespan())
        + (correlation.linked() ? " of any scopes" : " of one scope")
        + (groups.isEmpty() ? "" : " and one " + groups)
        + ": "
        + what(correlation);
  }

  private static String what(Correlation correlation) {
    if (correlation.epl() != null) {
      return "epl " + correlation.epl().text();
    }
    if (!correlation.kind().temporal()) {
      Threshold threshold = correlation.threshold();
      String of = threshold.fields().isEmpty() ? "" : " of " + String.join(" ", threshold.fields());
      String when = threshold.rises() ? "" : ", judged when the time is up";
      return correlation.kind().label() + of + " is " + threshold + when;
    }
    String order = correlation.kind() == Kind.TEMPORAL_ORDERED ? ", in this order" : "";
    String absent =
        correlation.unless().stream()
            .map(place -> correlation.rules().get(place).id())
            .collect(Collectors.joining(" or "));
    return presence(correlation, correlation.presence())
        + order
        + (absent.isEmpty() ? "" : ", and then no " + absent + " for as long");
  }

  private static String presence(Correlation correlation, Presence presence) {
    if (presence instanceof Presence.Of of) {
      return correlation.rules().get(of.rule()).id();
    } else if (presence instanceof Presence.All all) {
      return all.parts().stream()
          .map(part -> presence(correlation, part))
          .collect(Collectors.joining(" and "));
    } else if (presence instanceof Presence.Any any) {
      return any.parts().stream()
          .map(part -> presence(correlation, part))
          .collect(Collectors.joining(" or ", "(", ")"));
    }
    return "of its rules " + ((Presence.Several) presence).threshold();
  }

  private static String text(Duration timespan) {
    return timespan.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
