package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event held out to one rule: what the rules about one event select from. Public because Esper's
 * compiled classes read it.
 */
public final class Offer {
  private final String rule;
  private final AuditEvent event;
  private final Views views;

  Offer(String rule, AuditEvent event, Views views) {
    this.rule = rule;
    this.event = event;
    this.views = views;
  }

  /** The name of the rule's module. */
  public String getRule() {
    return rule;
  }

  /** What selections are judged on. */
  public Views getViews() {
    return views;
  }

  /** The raw record as the only value of every field; bytes that are not UTF-8 are replaced. */
  public Views getRecord() {
    List<String> text = List.of(new String(event.raw(), StandardCharsets.UTF_8));
    return Views.of(
        new Fields() {
          @Override
          public List<String> values(String field) {
            return text;
          }

          @Override
          public boolean has(String field) {
            return true;
          }
        });
  }
}
