package io.stridewatch.engine;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Times;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Events judged over several partitions, each with an engine of its own, whose links and times
 * cross over as the links topic carries them: in any order but each partition's own. Engines die
 * now and then, and others go on from what they wrote down.
 */
final class Crossing {
  private final List<Partition> partitions = new ArrayList<>();
  private final List<String> alerts = new ArrayList<>();
  private final Random random;
  private final Supplier<EsperRuleEngine> fresh;

  /** What one partition has before it, and where its second stage is. */
  private static final class Partition {
    final Deque<TestEvent> events = new ArrayDeque<>();
    final Deque<Carried> links = new ArrayDeque<>();
    final Map<Integer, Long> marks = new HashMap<>();
    final Memo memo = new Memo();
    boolean silent = true;
    EsperRuleEngine engine;
  }

  /** A link, or the time of a partition when there is none. */
  private record Carried(byte[] link, int partition, long mark) {}

  private Crossing(Supplier<EsperRuleEngine> engines, int number, Random random) {
    this.random = random;
    this.fresh = () -> engines.get().apart();
    for (int i = 0; i < number; i++) {
      Partition partition = new Partition();
      partition.engine = fresh.get().written();
      partitions.add(partition);
    }
  }

  /** The alerts, sorted. */
  static List<String> alerts(
      Supplier<EsperRuleEngine> engines, List<TestEvent> events, int partitions, Random random) {
    Crossing crossing = new Crossing(engines, partitions, random);
    for (TestEvent event : events) {
      Partition of = crossing.of(event.scope());
      of.events.add(of.memo.know(event));
      crossing.partitions.forEach(each -> each.memo.know(event));
    }
    long end = events.stream().mapToLong(TestEvent::nanos).max().orElse(0);
    while (crossing.goesOn()) {
      crossing.step();
    }
    crossing.end(end);
    return crossing.alerts.stream().sorted().toList();
  }

  private Partition of(String key) {
    return partitions.get(Math.floorMod(key.hashCode(), partitions.size()));
  }

  private boolean goesOn() {
    return partitions.stream().anyMatch(each -> !each.events.isEmpty() || !each.links.isEmpty());
  }

  private void step() {
    int number = random.nextInt(partitions.size());
    Partition partition = partitions.get(number);
    switch (random.nextInt(4)) {
      case 0 -> partition.engine = partition.memo.revive(partition.engine, fresh);
      case 1, 2 -> judge(number, partition);
      default -> read(partition);
    }
    partition.memo.take(partition.engine);
  }

  private void judge(int number, Partition partition) {
    if (partition.events.isEmpty() && !partition.silent) {
      return;
    }
    partition.silent = false;
    for (int left = random.nextInt(20); left > 0 && !partition.events.isEmpty(); left--) {
      add(partition.engine.accept(partition.events.poll()));
    }
    send(partition);
    var mark = partition.engine.links().mark(any -> true);
    boolean never = partition.events.isEmpty() && mark == null;
    long nanos = never ? Long.MAX_VALUE : mark == null ? 0 : Times.nanos(mark);
    for (Partition each : partitions) {
      each.links.add(new Carried(null, number, nanos));
    }
  }

  private void send(Partition partition) {
    partition.engine.links().drain((key, value) -> of(key).links.add(new Carried(value, 0, 0)));
  }

  private void read(Partition partition) {
    for (int left = random.nextInt(20); left > 0 && !partition.links.isEmpty(); left--) {
      Carried carried = partition.links.poll();
      if (carried.link() != null) {
        add(partition.engine.links().accept(carried.link(), partition.memo::event));
        continue;
      }
      partition.marks.put(carried.partition(), carried.mark());
      long least = partition.marks.values().stream().mapToLong(Long::longValue).min().orElse(0);
      if (partition.marks.size() == partitions.size() && least < Long.MAX_VALUE) {
        add(partition.engine.links().advanceTo(Times.ofNanos(least)));
      }
    }
  }

  private void end(long end) {
    for (Partition partition : partitions) {
      add(partition.engine.advanceTo(Times.ofNanos(end)));
      send(partition);
    }
    for (Partition partition : partitions) {
      while (!partition.links.isEmpty()) {
        Carried carried = partition.links.poll();
        add(partition.engine.links().accept(carried.link(), partition.memo::event));
      }
      add(partition.engine.links().advanceTo(Times.ofNanos(end + 1)));
      if (partition.engine.links().late() > 0) {
        throw new AssertionError(partition.engine.links().late() + " links came late");
      }
      partition.engine.close();
    }
  }

  private void add(List<Alert> raised) {
    raised.forEach(alert -> alerts.add(AlertJson.line(alert)));
  }
}
