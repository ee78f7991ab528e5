package io.stridewatch.engine;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.runtime.client.EPRuntime;
import io.stridewatch.AuditEvent;
import io.stridewatch.rule.Lane;
import java.util.List;

/** Lane one: the rules about one event, in one Esper runtime without time. One thread. */
final class EventLane implements AutoCloseable {
  private final List<CompiledRule> rules;
  private final EPRuntime runtime;
  private final EventSender offers;
  private AuditEvent event;
  private Views views;
  private boolean matched;

  EventLane(List<CompiledRule> rules) {
    this.rules = rules;
    this.runtime = Runtimes.make();
    for (CompiledRule rule : rules) {
      if (rule.rule().lane() == Lane.EVENT) {
        Runtimes.deploy(runtime, rule, this::matched);
      }
    }
    this.offers = runtime.getEventService().getEventSender(Offer.class.getSimpleName());
  }

  /** Begins with an event; it is looked at once, not once for each rule. */
  void take(AuditEvent event) {
    this.event = event;
    this.views = null;
  }

  /** Whether the event taken last matches the rule of that number. */
  boolean matches(int number) {
    if (views == null) {
      views = Views.of(event);
    }
    matched = false;
    offers.sendEvent(new Offer(rules.get(number).name(), event, views));
    return matched;
  }

  private void matched(EventBean row) {
    matched = true;
  }

  @Override
  public void close() {
    runtime.destroy();
  }
}
