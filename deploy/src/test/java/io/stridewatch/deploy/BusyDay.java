package io.stridewatch.deploy;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Source;
import io.stridewatch.engine.Examples;
import io.stridewatch.rule.Example;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A day on many hosts, made of the examples of the built-in rules, each at a time of its own: what
 * fires and what must not, of all sources. {@code -Done-in=N} has each host play one in so many of
 * them.
 */
final class BusyDay {
  private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
  private static final int ONE_IN = Integer.getInteger("one-in", 40);

  private BusyDay() {}

  /** So many hosts, each with a part of the examples; in the order of time. */
  static List<AuditEvent> on(int hosts, long seed) {
    Random random = new Random(seed);
    List<AuditEvent> events = new ArrayList<>();
    for (Rule rule : RuleSet.builtIn().rules()) {
      for (Example example :
          rule.source() == Source.PIPELINE ? List.<Example>of() : rule.examples()) {
        for (int host = 0; host < hosts; host++) {
          if (random.nextInt(ONE_IN) == 0) {
            play(example, rule, "host" + host, random, events);
          }
        }
      }
    }
    return inOrder(events);
  }

  /** In the order of time. */
  static List<AuditEvent> inOrder(List<AuditEvent> events) {
    events.sort(
        Comparator.comparingLong(AuditEvent::nanos)
            .thenComparing(AuditEvent::source)
            .thenComparing(AuditEvent::id));
    return events;
  }

  /**
   * Plays one example on a host, or on several with names of their own, at some time of the day.
   */
  static void play(
      Example example, Rule rule, String host, Random random, List<AuditEvent> events) {
    long start = BEGIN.getEpochSecond() * 1_000_000_000L;
    start += (long) (random.nextDouble() * Duration.ofDays(1).toNanos());
    long first = Long.MIN_VALUE;
    for (int i = 0; i < example.records().size(); i++) {
      String on = example.scopes().get(i);
      String scope = on.equals(Example.SCOPE) ? host : host + "/" + on;
      AuditEvent event = Examples.event(rule, scope, example.records().get(i).stripTrailing());
      first = first == Long.MIN_VALUE ? event.nanos() : first;
      events.add(new Moved(event, scope, event.nanos() - first + start, events.size()));
    }
  }

  /** An event somewhere else, at another time. */
  private record Moved(AuditEvent event, String scope, long nanos, int number)
      implements AuditEvent {
    @Override
    public Source source() {
      return event.source();
    }

    @Override
    public String id() {
      return event.id() + "#" + number;
    }

    @Override
    public String ref() {
      return event.ref();
    }

    @Override
    public byte[] raw() {
      return event.raw();
    }

    @Override
    public List<? extends Fields> views() {
      return event.views().contains(event) ? List.of(this) : event.views();
    }

    @Override
    public Map<String, String> actor() {
      return event.actor();
    }

    @Override
    public Map<String, String> target() {
      return event.target();
    }

    @Override
    public List<String> values(String field) {
      return field.equals("scope") ? List.of(scope) : event.values(field);
    }

    @Override
    public boolean has(String field) {
      return event.has(field);
    }
  }
}
