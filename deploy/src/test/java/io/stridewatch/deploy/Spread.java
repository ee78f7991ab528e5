package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.AuditEvent;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.engine.EsperRuleEngine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Events judged as the road does it: spread over partitions by scope, each with an engine of its
 * own, cut into batches after each of which the engine writes down what it remembers; some engines
 * die there, and another goes on. Then the links of all go to the partitions of their keys.
 */
final class Spread {
  private static final int DEATHS = 2;
  private final Supplier<EsperRuleEngine> engines;
  private final Random random;
  private final Map<String, AuditEvent> events = new HashMap<>();
  private final List<String> alerts = new ArrayList<>();
  private final List<Carried> links = new ArrayList<>();

  /** What one partition has for the second stage of another. */
  private record Carried(String key, byte[] link) {}

  private Spread(Supplier<EsperRuleEngine> engines, Random random) {
    this.engines = engines;
    this.random = random;
  }

  /** The SHA-256 of the alerts, sorted. */
  static String sum(
      Supplier<EsperRuleEngine> engines, List<AuditEvent> events, int partitions, Random random) {
    Spread spread = new Spread(engines, random);
    events.forEach(event -> spread.events.put(key(event.scope(), event.id()), event));
    long end = events.stream().mapToLong(AuditEvent::nanos).max().orElse(0);
    for (int partition = 0; partition < partitions; partition++) {
      int number = partition;
      spread.judge(
          events.stream()
              .filter(event -> Math.floorMod(event.scope().hashCode(), partitions) == number)
              .toList(),
          end);
    }
    Collections.shuffle(spread.links, random);
    for (int partition = 0; partition < partitions; partition++) {
      int number = partition;
      spread.link(
          spread.links.stream()
              .filter(each -> Math.floorMod(each.key().hashCode(), partitions) == number)
              .toList(),
          end);
    }
    return sum(spread.alerts);
  }

  static String sum(List<String> alerts) {
    String sorted = String.join("\n", alerts.stream().sorted().toList());
    try {
      byte[] bytes = sorted.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
          + " of "
          + alerts.size();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String key(String scope, String id) {
    return scope + " " + id;
  }

  private void judge(List<AuditEvent> some, long end) {
    Map<String, byte[]> memory = new LinkedHashMap<>();
    EsperRuleEngine engine = fresh();
    int dies = some.size() / (DEATHS + 1) + 1;
    for (int next = 0; next < some.size(); ) {
      int batch = Math.min(some.size(), next + 1 + random.nextInt(500));
      boolean dead = next / dies < batch / dies;
      for (; next < batch; next++) {
        add(engine.accept(some.get(next)));
      }
      take(engine);
      write(engine, memory);
      engine = dead ? another(engine, memory) : engine;
    }
    add(engine.advanceTo(Times.ofNanos(end)));
    take(engine);
    assertEquals(0, engine.counts().late());
    engine.close();
  }

  /** The second stage of one partition, whose engine dies half way. */
  private void link(List<Carried> some, long end) {
    Map<String, byte[]> memory = new LinkedHashMap<>();
    EsperRuleEngine engine = fresh();
    for (int next = 0; next < some.size(); next++) {
      add(engine.links().accept(some.get(next).link(), this::event));
      if (next == some.size() / 2) {
        write(engine, memory);
        engine = another(engine, memory);
      }
    }
    add(engine.links().advanceTo(Times.ofNanos(end + 1)));
    assertEquals(0, engine.links().late());
    engine.close();
  }

  private EsperRuleEngine fresh() {
    return engines.get().written().apart();
  }

  private void take(EsperRuleEngine engine) {
    engine.links().drain((key, value) -> links.add(new Carried(key, value)));
  }

  private void add(List<Alert> raised) {
    raised.forEach(alert -> alerts.add(AlertJson.line(alert)));
  }

  private static void write(EsperRuleEngine engine, Map<String, byte[]> memory) {
    engine.changes(
        (key, value) -> {
          memory.remove(key);
          if (value != null) {
            memory.put(key, value);
          }
        });
  }

  private EsperRuleEngine another(EsperRuleEngine dead, Map<String, byte[]> memory) {
    dead.close();
    EsperRuleEngine engine = fresh();
    engine.restore(memory, this::event);
    return engine;
  }

  private AuditEvent event(SourceRecord record) {
    return events.get(key(record.scope(), record.id()));
  }
}
