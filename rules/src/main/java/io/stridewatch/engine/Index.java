package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which rules an event may match, before Esper sees it: each rule stands under the values one
 * of which some field must have ({@link Necessary}), looked up by hash. Ten times the rules with
 * other constants cost the same. One instance for one thread.
 */
final class Index {
  private final Map<Source, OfSource> sources = new EnumMap<>(Source.class);
  private final int[] found;
  private final boolean[] marked;
  private int count;

  /** Over the rules about one event. */
  Index(List<CompiledRule> rules, int numbers) {
    found = new int[numbers];
    marked = new boolean[numbers];
    Map<Source, List<CompiledRule>> bySource = new EnumMap<>(Source.class);
    for (CompiledRule rule : rules) {
      bySource.computeIfAbsent(rule.rule().source(), source -> new ArrayList<>()).add(rule);
    }
    bySource.forEach((source, some) -> sources.put(source, new OfSource(some)));
  }

  /** The numbers of the rules that the event may match, each once, ascending. */
  int[] candidates(AuditEvent event) {
    OfSource rules = sources.get(event.source());
    count = 0;
    if (rules != null) {
      rules.find(event);
    }
    int[] candidates = Arrays.copyOf(found, count);
    for (int number : candidates) {
      marked[number] = false;
    }
    Arrays.sort(candidates);
    return candidates;
  }

  private void add(int[] numbers) {
    for (int number : numbers) {
      if (!marked[number]) {
        marked[number] = true;
        found[count++] = number;
      }
    }
  }

  /** The rules of one source. */
  private final class OfSource {
    private final int[] always;
    private final String[] fields;
    private final List<Map<String, int[]>> values = new ArrayList<>();
    private final List<int[]> present = new ArrayList<>();

    OfSource(List<CompiledRule> rules) {
      Map<CompiledRule, Necessary> chosen = Necessary.chosen(rules);
      Map<String, Map<String, List<Integer>>> byField = new LinkedHashMap<>();
      List<Integer> without = new ArrayList<>();
      for (CompiledRule rule : rules) {
        Necessary necessary = chosen.get(rule);
        if (necessary == null) {
          without.add(rule.number());
        } else {
          necessary.equalities().forEach(equal -> put(byField, equal, rule.number()));
        }
      }
      always = ints(without);
      fields = byField.keySet().toArray(String[]::new);
      for (String field : fields) {
        Map<String, int[]> numbers = new HashMap<>();
        byField.get(field).forEach((value, some) -> numbers.put(value, ints(some)));
        present.add(numbers.remove(Necessary.Equality.ANY));
        values.add(numbers);
      }
    }

    private static void put(
        Map<String, Map<String, List<Integer>>> byField, Necessary.Equality equal, int number) {
      byField
          .computeIfAbsent(equal.field(), field -> new HashMap<>())
          .computeIfAbsent(equal.value(), value -> new ArrayList<>())
          .add(number);
    }

    private static int[] ints(List<Integer> numbers) {
      return numbers.stream().mapToInt(number -> number).toArray();
    }

    void find(AuditEvent event) {
      add(always);
      List<? extends Fields> views = event.views();
      for (int view = 0; view < views.size(); view++) {
        find(views.get(view));
      }
    }

    private void find(Fields view) {
      for (int i = 0; i < fields.length; i++) {
        if (present.get(i) != null && view.has(fields[i])) {
          add(present.get(i));
        }
        if (!values.get(i).isEmpty()) {
          find(view.values(fields[i]), values.get(i));
        }
      }
    }

    private void find(List<String> have, Map<String, int[]> numbers) {
      for (int i = 0; i < have.size(); i++) {
        int[] some = numbers.get(Fold.of(have.get(i)));
        if (some != null) {
          add(some);
        }
      }
    }
  }
}
