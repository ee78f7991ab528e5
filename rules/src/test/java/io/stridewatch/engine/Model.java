package io.stridewatch.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a rule with memory should raise on the records of one group, in their order, reckoned anew
 * at every record from all that came before.
 */
final class Model {
  private final ModelRule rule;
  private final List<TestEvent> events;
  private final long span;
  private final long end;
  private final List<String> raised = new ArrayList<>();

  private Model(ModelRule rule, List<TestEvent> events, long end) {
    this.rule = rule;
    this.events = events;
    this.span = rule.seconds() * 1_000_000_000L;
    this.end = end;
  }

  /** Each alert as rule, time and records. */
  static List<String> alerts(ModelRule rule, List<TestEvent> group, long end) {
    List<TestEvent> seen = new ArrayList<>(group);
    seen.removeIf(event -> !rule.parts().contains(action(event)));
    seen.removeIf(event -> rule.field() != null && event.values(rule.field()).isEmpty());
    Model model = new Model(rule, seen, end);
    if (rule.isChain()) {
      model.chains();
    } else if (rule.type().equals("absence")) {
      model.absences();
    } else if (rule.rises()) {
      model.rises();
    } else {
      model.ends();
    }
    return model.raised;
  }

  private static String action(TestEvent event) {
    return event.values("action").get(0);
  }

  private void raise(long time, List<TestEvent> records) {
    raised.add(text(rule.name(), time, records.stream().map(TestEvent::id).toList()));
  }

  static String text(String rule, long time, List<String> ids) {
    return rule + " " + time + " " + new TreeSet<>(ids);
  }

  private void rises() {
    long silentUntil = Long.MIN_VALUE;
    for (int i = 0; i < events.size(); i++) {
      long now = events.get(i).nanos();
      boolean before = holds(within(0, i, now - span));
      if (holds(within(0, i + 1, now - span)) && (!before || now >= silentUntil)) {
        raise(now, within(0, i + 1, now - span));
        silentUntil = now + span;
      }
    }
  }

  private void ends() {
    for (int first = 0; first < events.size(); ) {
      long deadline = events.get(first).nanos() + span;
      int next = first;
      while (next < events.size() && events.get(next).nanos() < deadline) {
        next++;
      }
      List<TestEvent> window = events.subList(first, next);
      if (deadline <= end && holds(window)) {
        raise(deadline, window);
      }
      first = next;
    }
  }

  private List<TestEvent> within(int from, int to, long after) {
    return events.subList(from, to).stream().filter(event -> event.nanos() > after).toList();
  }

  private boolean holds(List<TestEvent> window) {
    if (rule.field() == null) {
      return rule.holds().test(window.size());
    }
    List<String> values =
        window.stream()
            .map(event -> event.values(rule.field()).get(0))
            .collect(Collectors.toList());
    if (rule.type().equals("value_count")) {
      return rule.holds().test(values.stream().distinct().count());
    }
    double[] numbers = values.stream().mapToDouble(Double::parseDouble).sorted().toArray();
    return numbers.length > 0 && rule.holds().test(reckoned(numbers));
  }

  private double reckoned(double[] sorted) {
    return switch (rule.type()) {
      case "value_sum" -> Arrays.stream(sorted).sum();
      case "value_avg" -> Arrays.stream(sorted).sum() / sorted.length;
      case "value_min" -> sorted[0];
      case "value_max" -> sorted[sorted.length - 1];
      default -> sorted[(sorted.length + 1) / 2 - 1];
    };
  }

  /** For each step the newest chain that ends there, as the places of its records. */
  private void chains() {
    List<List<TestEvent>> chains = noChains();
    for (TestEvent event : events) {
      int step = rule.parts().indexOf(action(event));
      List<TestEvent> before = step == 0 || !rule.isOrdered() ? List.of() : chains.get(step - 1);
      boolean follows = step == 0 || !rule.isOrdered() || isOpen(before, event);
      if (follows) {
        List<TestEvent> chain = new ArrayList<>(before);
        chain.add(event);
        chains.set(step, chain);
      }
      if (complete(chains, event)) {
        List<TestEvent> used = new ArrayList<>();
        chains
            .subList(rule.isOrdered() ? chains.size() - 1 : 0, chains.size())
            .forEach(used::addAll);
        raise(event.nanos(), used);
        chains.replaceAll(chain -> chain.stream().anyMatch(used::contains) ? List.of() : chain);
      }
    }
  }

  private List<List<TestEvent>> noChains() {
    List<List<TestEvent>> chains = new ArrayList<>();
    rule.parts().forEach(part -> chains.add(List.of()));
    return chains;
  }

  private boolean isOpen(List<TestEvent> chain, TestEvent now) {
    return !chain.isEmpty() && chain.get(0).nanos() > now.nanos() - span;
  }

  private boolean complete(List<List<TestEvent>> chains, TestEvent now) {
    if (rule.isOrdered()) {
      return isOpen(chains.get(chains.size() - 1), now);
    }
    return chains.stream().allMatch(chain -> isOpen(chain, now));
  }

  /** The first of one or two steps, and no record of the last part until its time is up. */
  private void absences() {
    List<List<TestEvent>> chains = noChains();
    List<TestEvent> waiting = null;
    int last = rule.parts().size() - 1;
    for (TestEvent event : events) {
      if (waiting != null && event.nanos() >= since(waiting) + span) {
        raise(since(waiting) + span, waiting);
        waiting = null;
      }
      int step = rule.parts().indexOf(action(event));
      if (step == last) {
        waiting = null;
        chains = noChains();
      } else if (step == 0 || isOpen(chains.get(step - 1), event)) {
        List<TestEvent> chain = new ArrayList<>(step == 0 ? List.of() : chains.get(step - 1));
        chain.add(event);
        chains.set(step, chain);
        if (step == last - 1) {
          chains.replaceAll(each -> each.stream().anyMatch(chain::contains) ? List.of() : each);
          waiting = waiting == null ? chain : waiting;
        }
      }
    }
    if (waiting != null && since(waiting) + span <= end) {
      raise(since(waiting) + span, waiting);
    }
  }

  private static long since(List<TestEvent> chain) {
    return chain.get(chain.size() - 1).nanos();
  }
}
