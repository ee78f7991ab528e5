package io.stridewatch.engine;

import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.runtime.client.EPRuntime;
import io.stridewatch.AuditEvent;
import io.stridewatch.rule.EplExpression;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks Esper what a rule's own EPL says of one event, for people who ask why. Each expression is
 * compiled once and kept; there are as many as rules have. Thread-safe.
 */
final class EplTrial {
  private static final Map<String, EplTrial> KNOWN = new ConcurrentHashMap<>();
  private final EventSender offers;
  private boolean matched;

  private EplTrial(String epl) {
    EPRuntime runtime = Runtimes.make();
    offers = runtime.getEventService().getEventSender(Offer.class.getSimpleName());
    try {
      LazyModule module = new Modules(null).module("select * from Offer(" + epl + ")");
      Runtimes.deploy(runtime, module, row -> matched = true);
    } catch (EPCompileException e) {
      throw new IllegalStateException("compiled as a rule, and not by itself: " + epl, e);
    }
  }

  static boolean holds(EplExpression expression, AuditEvent event) {
    return KNOWN.computeIfAbsent(expression.epl(), EplTrial::new).holds(event);
  }

  private synchronized boolean holds(AuditEvent event) {
    matched = false;
    offers.sendEvent(new Offer("", event, Views.of(event)));
    return matched;
  }
}
