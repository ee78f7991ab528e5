package io.stridewatch.engine;

import io.stridewatch.RuleEngine.Dropped;
import io.stridewatch.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the windows of one engine let go before its time and was not told yet. One thread. */
final class Drops {
  private static final String NO_SCOPE = "-";
  private final Map<List<String>, Dropped> drops = new LinkedHashMap<>();

  void add(String scope, String rule, long records, long nanos) {
    String told = scope.equals(SecondStage.SCOPE) ? NO_SCOPE : scope;
    drops.merge(
        List.of(told, rule),
        new Dropped(told, rule, Times.ofNanos(nanos), records),
        Drops::together);
  }

  private static Dropped together(Dropped one, Dropped other) {
    return new Dropped(one.scope(), one.rule(), other.at(), one.records() + other.records());
  }

  List<Dropped> told() {
    if (drops.isEmpty()) {
      return List.of();
    }
    List<Dropped> told = new ArrayList<>(drops.values());
    drops.clear();
    return told;
  }
}
