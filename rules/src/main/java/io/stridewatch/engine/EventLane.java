package io.stridewatch.engine;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.runtime.client.EPRuntime;
import io.stridewatch.AuditEvent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lane one: the rules about one event, in one Esper runtime without time. A rule is deployed at the
 * first event that is offered to it, so that a start does not wait for rules that are not needed.
 * One thread.
 */
final class EventLane implements AutoCloseable {
  private final List<CompiledRule> rules;
  private final EPRuntime runtime;
  private final EventSender offers;
  private final Map<Integer, String> deployed = new HashMap<>();

  /** Of each rule the first that asks the same. */
  private int[] twins;

  private final BitSet asked = new BitSet();
  private final BitSet said = new BitSet();
  private AuditEvent event;
  private Views views;
  private boolean matched;

  EventLane(List<CompiledRule> rules) {
    this.rules = rules;
    this.twins = twins(rules, rules.size());
    this.runtime = Runtimes.make();
    this.offers = runtime.getEventService().getEventSender(Offer.class.getSimpleName());
  }

  private static int[] twins(List<CompiledRule> active, int size) {
    Map<Object, Integer> first = new HashMap<>();
    int[] twins = new int[size];
    for (CompiledRule rule : active) {
      List<Object> asks = List.of(rule.rule().source(), rule.rule().logic());
      twins[rule.number()] = first.computeIfAbsent(asks, any -> rule.number());
    }
    return twins;
  }

  /** Begins with an event; it is looked at once, not once for each rule. */
  void take(AuditEvent event) {
    this.event = event;
    this.views = null;
    asked.clear();
    said.clear();
  }

  /** Whether the event taken last matches the rule of that number. */
  boolean matches(int number) {
    int first = twins[number];
    if (!asked.get(first)) {
      asked.set(first);
      said.set(first, ask(first));
    }
    return said.get(first);
  }

  private boolean ask(int number) {
    if (views == null) {
      views = Views.of(event);
    }
    if (!deployed.containsKey(number)) {
      deployed.put(number, Runtimes.deploy(runtime, rules.get(number), this::matched));
    }
    matched = false;
    offers.sendEvent(new Offer(rules.get(number).name(), event, views));
    return matched;
  }

  /** Goes on with these of its rules; those that are gone are taken out. */
  void adopt(List<CompiledRule> active, Set<Integer> gone) {
    twins = twins(active, rules.size());
    for (int number : gone) {
      String deployment = deployed.remove(number);
      if (deployment != null) {
        Runtimes.undeploy(runtime, deployment);
      }
    }
  }

  private void matched(EventBean row) {
    matched = true;
  }

  @Override
  public void close() {
    runtime.destroy();
  }
}
