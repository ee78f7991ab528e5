package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.SourceRecord;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Examples;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.Example;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules that link scopes say over Kafka what one engine says that saw all of it, each alert once:
 * two members judge ten hosts, and one of them is killed again and again.
 */
@Timeout(600)
class LinksIT {
  private static final int RECORDS = 6_000;
  private static final int KILLS = 4;
  private static final int HOSTS = 10;
  private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant END = BEGIN.plus(Duration.ofHours(6));
  private static final String PACK = "/io/stridewatch/rules/links/";
  private static final String STORY = "exec-followed-to-node";
  private static final String RULES =
      """
      title: Died
      name: died
      logsource: {product: docker, service: events}
      detection: {s: {action: die}, condition: s}
      ---
      title: Out of memory
      name: oom
      logsource: {product: docker, service: events}
      detection: {s: {action: oom}, condition: s}
      ---
      title: Killed for memory
      name: for-memory
      correlation: {type: temporal_ordered, rules: [oom, died], group-by: [name], timespan: 5m}
      ---
      title: Hosts
      name: hosts
      correlation: {type: value_count, rules: [died], group-by: [image], timespan: 10m, link: scopes, condition: {field: scope, gte: 9}}
      ---
      title: Everywhere
      name: everywhere
      correlation: {type: event_count, rules: [for-memory], group-by: [image], timespan: 5m, link: scopes, condition: {gte: 6}}
      ---
      title: Seldom
      name: seldom
      correlation: {type: event_count, rules: [oom], group-by: [name], timespan: 1m, link: scopes, condition: {lt: 2}}
      """;

  @Test
  void killedAgainAndAgainTheySayWhatOneEngineSays(@TempDir Path directory) throws Exception {
    Path rules = Files.writeString(directory.resolve("rules.yml"), RULES);
    Path broken = directory.resolve("broker");
    try (DataDirectory data = DataDirectory.open(broken);
        EmbeddedBroker broker = EmbeddedBroker.start(data, "links", false)) {
      Kafka kafka = broker.kafka();
      kafka.topics().create(kafka, 4, 1, 1 << 20);
      Member other = Member.start(broken, "other", rules);
      try {
        killed(kafka, broken, rules);
      } finally {
        other.close();
      }
      String expected = expected(rules);
      Member last = Member.start(broken, "member", rules);
      try {
        for (int tries = 0;
            tries < 300 && !ContainerDay.told(kafka, END).equals(expected);
            tries++) {
          new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        }
      } finally {
        last.close();
      }
      assertEquals(expected, ContainerDay.told(kafka, END));
      LedgerReading ledger = LedgerReading.of(kafka);
      assertEquals(0, ledger.difference());
      assertEquals(0, ledger.entries().stream().mapToLong(LedgerEntry::late).sum());
    }
  }

  /** As it happens: the API server's record last, as by a webhook. */
  @Test
  void whoAskedTheClusterIsToldWithWhatTheNodeSaw(@TempDir Path directory) throws Exception {
    Path rules = directory.resolve("rules.yml");
    try (InputStream pack = LinksIT.class.getResourceAsStream(PACK + STORY + ".yml")) {
      Files.copy(pack, rules);
    }
    Path broken = directory.resolve("broker");
    try (DataDirectory data = DataDirectory.open(broken);
        EmbeddedBroker broker = EmbeddedBroker.start(data, "links", false)) {
      Kafka kafka = broker.kafka();
      kafka.topics().create(kafka, 8, 1, 1 << 20);
      Member member = Member.start(broken, "member", rules);
      try (EventWriter writer = new EventWriter(kafka, 1 << 20)) {
        List<SourceRecord> story = story(rules, Instant.now());
        writer.emit(story.subList(1, 3));
        new CountDownLatch(1).await(1, TimeUnit.SECONDS);
        writer.emit(story.subList(0, 1));
        List<Alert> alerts = List.of();
        for (int tries = 0; tries < 200 && alerts.isEmpty(); tries++) {
          new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
          alerts = alerts(kafka);
        }
        assertEquals(List.of(STORY), alerts.stream().map(Alert::rule).toList());
        assertEquals("alice@example.com", alerts.get(0).actor().get("name"));
        assertEquals("lab", alerts.get(0).scope());
        assertEquals(3, alerts.get(0).evidence().size());
        assertTrue(fallsSilent(kafka), "the links topic grows though nothing happens");
      } finally {
        member.close();
      }
    }
  }

  /** Whether nothing is written to the links topic any more for two ticks and a half. */
  private static boolean fallsSilent(Kafka kafka) throws InterruptedException {
    Map<TopicPartition, Long> before = Map.of();
    for (int tries = 0; tries < 4; tries++) {
      Map<TopicPartition, Long> ends = ends(kafka);
      if (ends.equals(before)) {
        return true;
      }
      before = ends;
      new CountDownLatch(1).await(12_500, TimeUnit.MILLISECONDS);
    }
    return false;
  }

  private static Map<TopicPartition, Long> ends(Kafka kafka) {
    String links = kafka.topics().links();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(Map.of())) {
      return consumer.endOffsets(
          consumer.partitionsFor(links).stream()
              .map(info -> new TopicPartition(links, info.partition()))
              .toList());
    }
  }

  private static List<Alert> alerts(Kafka kafka) throws IOException {
    List<Alert> alerts = new ArrayList<>();
    try (AlertTail tail = new AlertTail(kafka)) {
      tail.read(Instant.MIN, false, alerts::add);
    }
    return alerts;
  }

  /** The rule's first example, as if it happened now. */
  private static List<SourceRecord> story(Path rules, Instant now) {
    Rule rule =
        RuleSet.read(List.of(rules)).rules().stream()
            .filter(each -> each.id().equals(STORY))
            .findFirst()
            .orElseThrow();
    Example example = rule.examples().get(0);
    List<SourceRecord> records = new ArrayList<>();
    for (int i = 0; i < example.records().size(); i++) {
      String raw = example.records().get(i).strip();
      AuditEvent then = Examples.event(rule, example.scopes().get(i), raw);
      records.add(moved(then, raw, now));
    }
    return records;
  }

  private static SourceRecord moved(AuditEvent then, String raw, Instant now) {
    long seconds = now.getEpochSecond();
    String moved =
        switch (then.source()) {
          case DOCKER ->
              raw.replaceAll("\"time\":\\d+", "\"time\":" + seconds)
                  .replaceAll("\"timeNano\":\\d+", "\"timeNano\":" + seconds + "500000000");
          case AUDITD -> raw.replaceAll("audit\\(\\d+\\.\\d+", "audit(" + seconds + ".600");
          default ->
              raw.replaceAll(
                  "Timestamp\":\"[^\"]*", "Timestamp\":\"" + Instant.ofEpochSecond(seconds));
        };
    AuditEvent event =
        Decoders.decode(then.source(), then.scope(), moved.getBytes(StandardCharsets.UTF_8));
    return new SourceRecord(
        event.source(),
        "",
        event.id(),
        "io.stridewatch." + event.source().label() + ".event",
        event.time(),
        "application/json",
        event.scope(),
        event.raw());
  }

  private static void killed(Kafka kafka, Path data, Path rules) throws Exception {
    for (int part = 0; part < KILLS; part++) {
      try (Member member = Member.start(data, "member", rules)) {
        write(kafka, part * (RECORDS / KILLS), (part + 1) * (RECORDS / KILLS));
        member.kill();
      }
    }
  }

  private static void write(Kafka kafka, int from, int to) throws Exception {
    try (EventWriter writer = new EventWriter(kafka, 1 << 20)) {
      for (int next = from; next < to; next += 250) {
        List<SourceRecord> some = new ArrayList<>();
        for (int number = next; number < next + 250; number++) {
          some.add(record(number));
        }
        writer.emit(some);
        new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static SourceRecord record(int number) {
    Duration day = Duration.ofHours(7);
    Instant time = BEGIN.plusNanos(day.toNanos() / RECORDS * number);
    SplittableRandom random = new SplittableRandom(number);
    String action = List.of("top", "top", "oom", "die").get(random.nextInt(4));
    return ContainerDay.event(
        number, time, action, random.nextInt(2), random.nextInt(3), "host" + random.nextInt(HOSTS));
  }

  private static String expected(Path rules) {
    ContainerDay day = new ContainerDay(END);
    try (EsperRuleEngine engine = Remembering.compiled(rules).engine(Lateness.usual())) {
      for (int number = 0; number < RECORDS; number++) {
        engine.accept(Decoders.decode(record(number))).forEach(day::add);
      }
    }
    for (String rule : List.of("hosts", "everywhere", "seldom")) {
      String told = "\"rule\":\"" + rule + "\"";
      assertTrue(day.lines().stream().filter(line -> line.contains(told)).count() > 5, rule);
    }
    return day.text();
  }
}
