package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An event held out to one rule: what the rules about one event select from. Public because Esper's
 * compiled classes read it.
 */
public final class Offer {
  private static final List<String> IN_HEX =
      List.of("command", "proctitle", "name", "exe", "comm", "cwd");
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

  /** What EPL of the rule's own asks. */
  public AuditEvent getEvent() {
    return event;
  }

  /** What selections are judged on. */
  public Views getViews() {
    return views;
  }

  /**
   * What keywords are looked for in, as the values of every field: the raw record (bytes that are
   * not UTF-8 are replaced) and, where it spells them in hex, command lines and names in clear.
   */
  public Views getRecord() {
    List<String> texts = new ArrayList<>();
    texts.add(new String(event.raw(), StandardCharsets.UTF_8));
    for (String field : event.source() == Source.AUDITD ? IN_HEX : List.<String>of()) {
      event.anywhere(field).stream()
          .filter(value -> !texts.get(0).contains(value))
          .forEach(texts::add);
    }
    return Views.of(
        new Fields() {
          @Override
          public List<String> values(String field) {
            return texts;
          }

          @Override
          public boolean has(String field) {
            return true;
          }
        });
  }
}
