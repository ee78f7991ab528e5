package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.SourceRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What an engine wrote down, as a compacted topic keeps it; brings others to where that one is. */
final class Memo {
  private final Map<String, byte[]> newest = new LinkedHashMap<>();
  private final Map<String, AuditEvent> events = new HashMap<>();

  /** Events of tests can't be read from bytes. */
  <E extends AuditEvent> E know(E event) {
    events.put(event.scope() + " " + event.source() + " " + event.id(), event);
    return event;
  }

  void take(EsperRuleEngine engine) {
    engine.changes(
        (key, value) -> {
          newest.remove(key);
          if (value != null) {
            newest.put(key, value);
          }
        });
  }

  int size() {
    return newest.size();
  }

  /** Ends an engine; another that goes on as if it were the same. */
  EsperRuleEngine revive(EsperRuleEngine dying, Supplier<EsperRuleEngine> fresh) {
    take(dying);
    dying.close();
    EsperRuleEngine engine = fresh.get().written();
    engine.restore(newest, this::event);
    return engine;
  }

  AuditEvent event(SourceRecord record) {
    return events.get(record.scope() + " " + record.source() + " " + record.id());
  }
}
