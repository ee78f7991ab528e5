package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.RuleEngine;
import io.stridewatch.SourceRecord;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.event.Decoders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A detection that is killed again and again in a day of events says what one says that never was,
 * and is back within seconds, because it reads only what a rule with memory took. {@code
 * -Dmemory.records=10000000} is the long form.
 */
@Timeout(3600)
class MemoryIT {
  private static final int RECORDS = Integer.getInteger("memory.records", 40_000);
  private static final int KILLS = 4;
  private static final int ONE_IN = 100;
  private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant END = BEGIN.plus(Duration.ofDays(1));
  private static final String RULES =
      """
      title: Died
      name: died
      logsource: {product: docker, service: events}
      detection: {s: {action: die}, condition: s}
      ---
      title: Killed
      name: killed
      logsource: {product: docker, service: events}
      detection: {s: {action: oom}, condition: s}
      ---
      title: Often
      name: often
      correlation: {type: event_count, rules: [died], group-by: [name], timespan: 1d, condition: {gte: 9}}
      ---
      title: Images
      name: images
      correlation: {type: value_count, rules: [died], group-by: [image], timespan: 3h, condition: {field: name, gte: 4}}
      ---
      title: Few
      name: few
      correlation: {type: event_count, rules: [died], group-by: [name], timespan: 2h, condition: {lt: 3}}
      ---
      title: In order
      name: in-order
      correlation: {type: temporal_ordered, rules: [died, killed], group-by: [name], timespan: 2h}
      """;

  @Test
  void killedAgainAndAgainItSaysTheSameAndIsBackInSeconds(@TempDir Path directory)
      throws Exception {
    Path rules = Files.writeString(directory.resolve("rules.yml"), RULES);
    Path broken = directory.resolve("broker");
    try (DataDirectory data = DataDirectory.open(broken);
        EmbeddedBroker broker = EmbeddedBroker.start(data, "memory", false)) {
      Kafka kafka = broker.kafka();
      kafka.topics().create(kafka, 2, 1, 1 << 20);
      List<Long> seconds = killed(kafka, broken, rules);
      assertEquals(expected(rules), ContainerDay.told(kafka, END));
      System.out.println("back after kill -9, JVM's start and all, in ms: " + seconds);
      assertTrue(seconds.stream().allMatch(time -> time < 20_000), seconds.toString());
    }
  }

  private static List<Long> killed(Kafka kafka, Path data, Path rules) throws Exception {
    List<Long> times = new ArrayList<>();
    for (int part = 0; part <= KILLS; part++) {
      long began = System.nanoTime();
      try (Member member = Member.start(data, "member", rules)) {
        times.add((System.nanoTime() - began) / 1_000_000);
        write(kafka, part * (RECORDS / KILLS), Math.min(RECORDS, (part + 1) * (RECORDS / KILLS)));
        if (part == KILLS) {
          untilRead(kafka);
        }
        member.kill();
      }
    }
    return times;
  }

  private static void untilRead(Kafka kafka) throws Exception {
    while (LedgerReading.of(kafka).partitions().stream().anyMatch(each -> each.waiting() > 0)) {
      new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
    }
  }

  private static void write(Kafka kafka, int from, int to) throws Exception {
    try (EventWriter writer = new EventWriter(kafka, 1 << 20)) {
      for (int next = from; next < to; next += 1000) {
        List<SourceRecord> some = new ArrayList<>();
        for (int number = next; number < Math.min(to, next + 1000); number++) {
          some.add(record(number));
        }
        writer.emit(some);
      }
    }
  }

  private static SourceRecord record(int number) {
    Duration day = Duration.ofDays(1).plusHours(1);
    Instant time = BEGIN.plusNanos(day.toNanos() / RECORDS * number);
    int which = number / ONE_IN;
    String action = number % ONE_IN != 0 ? "top" : which % 5 == 4 ? "oom" : "die";
    return ContainerDay.event(number, time, action, which * 31 % 17, which % 3, "host" + which % 2);
  }

  /** Within the day; an hour more went by so that all of it is judged. */
  private static String expected(Path rules) {
    ContainerDay day = new ContainerDay(END);
    try (RuleEngine engine = Remembering.rules(rules).engine()) {
      for (int number = 0; number < RECORDS; number++) {
        engine.accept(Decoders.decode(record(number))).forEach(day::add);
        engine.changes((key, value) -> {});
      }
    }
    assertTrue(day.lines().size() > 20, day::text);
    return day.text();
  }
}
