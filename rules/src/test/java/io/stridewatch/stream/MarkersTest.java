package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a marker of rules does in a partition. */
class MarkersTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T06:00:00Z");
  private static final String DIED =
      "title: Died\nname: died\nlogsource: {product: docker, service: events}\n"
          + "detection: {s: {action: die}, condition: s}\n";
  private static final String COUNT =
      "---\ntitle: C\nname: %s\ncorrelation: {type: event_count, rules: [died], group-by: [name],"
          + " timespan: 1h, condition: {gte: %d}}\n";
  private static final String OLD = DIED + COUNT.formatted("kept", 3);
  private static final String NEW = OLD + COUNT.formatted("fresh", 2);
  private final Map<String, CompiledRules> known = new HashMap<>();
  private final List<String> replaced = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> memory = new ArrayList<>();
  private Ledger ledger = new Ledger(0);
  private Judge judge;
  private long next;

  @BeforeEach
  void beginsWithOldRules() {
    learn(OLD);
    judge = judge();
    assertTrue(judge.inForce().begin(digest(OLD), 0));
    replaced.clear();
  }

  @AfterEach
  void closesTheEngine() {
    judge.close();
  }

  private static String digest(String rules) {
    return RuleSet.of("rules.yml", rules).sources().digest();
  }

  private void learn(String rules) {
    known.put(digest(rules), CompiledRules.of(RuleSet.of("rules.yml", rules), null));
  }

  private Judge judge() {
    EsperRuleEngine engine = known.get(digest(OLD)).engine(Lateness.usual()).written();
    return new Judge(
        Decoders::decode,
        engine,
        new PartitionClock(source -> Duration.ofSeconds(5)),
        new InForce(digest -> replace(engine, digest)));
  }

  private boolean replace(EsperRuleEngine engine, String digest) {
    if (known.containsKey(digest)) {
      replaced.add(digest);
      engine.replace(known.get(digest));
    }
    return known.containsKey(digest);
  }

  private List<String> judged(SourceRecord record) {
    return judged(read(record));
  }

  private List<String> judged(ConsumerRecord<byte[], byte[]> record) {
    return judge.judge(record, ledger).stream().map(Alert::rule).toList();
  }

  private ConsumerRecord<byte[], byte[]> read(SourceRecord record) {
    ConsumerRecord<byte[], byte[]> written =
        Records.read(Envelope.wrap("t", record, Envelope.bytes("c"), 0), record.time());
    return new ConsumerRecord<>(
        "t",
        0,
        next++,
        written.timestamp(),
        TimestampType.LOG_APPEND_TIME,
        written.serializedKeySize(),
        written.serializedValueSize(),
        written.key(),
        written.value(),
        written.headers(),
        written.leaderEpoch());
  }

  private static SourceRecord marker(String rules) {
    return Pipeline.rules(digest(rules), "member", 0, BEGIN);
  }

  private static SourceRecord died(int second) {
    Instant time = BEGIN.plusSeconds(second);
    String json =
        """
        {"status":"die","id":"c","Type":"container","Action":"die","Actor":{"ID":"c",\
        "Attributes":{"image":"i","name":"n"}},"scope":"local","time":%d,"timeNano":%d}"""
            .formatted(time.getEpochSecond(), time.getEpochSecond() * 1_000_000_000L);
    return new SourceRecord(
        Source.DOCKER,
        "unix:///docker.sock",
        "id" + second,
        "io.stridewatch.docker.event",
        time,
        "application/x-ndjson",
        "host",
        json.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the engine without a word; another goes on with what that one had written down. */
  private void dies() throws IOException {
    PartitionMemory last = new PartitionMemory();
    last.drain(judge, next, 0, (key, value) -> memory.add(written(key, value)));
    judge.close();
    PartitionMemory found = new PartitionMemory();
    for (ConsumerRecord<byte[], byte[]> each : memory) {
      found.take(each);
    }
    judge = judge();
    judge.inForce().restore(found.inForce());
    assertTrue(judge.inForce().begin(judge.inForce().at(next), next));
    found.restore(judge);
  }

  private ConsumerRecord<byte[], byte[]> written(byte[] key, byte[] value) {
    return new ConsumerRecord<>("memory", 0, memory.size(), key, value);
  }

  private LedgerEntry entry() {
    return ledger.entry(Pipeline.NO_SCOPE, Source.PIPELINE);
  }

  @Test
  void rulesAreInForceFromTheRecordBehindTheMarkerOn() {
    learn(NEW);
    judged(died(0));
    judged(died(1));
    judged(marker(NEW));
    judged(died(2));
    judged(died(3));
    assertEquals(List.of("fresh", "kept"), sorted(judged(died(60))));
    assertEquals(digest(OLD), judge.inForce().at(2));
    assertEquals(digest(NEW), judge.inForce().at(3));
    assertEquals(1, entry().evaluated());
    assertEquals(0, entry().difference());
  }

  private static List<String> sorted(List<String> rules) {
    return rules.stream().sorted().toList();
  }

  @Test
  void anEngineThatDiesAfterEachRecordGoesOnWithTheRulesOfItsPlace() throws IOException {
    learn(NEW);
    List<String> raised = new ArrayList<>();
    List<SourceRecord> records =
        List.of(died(0), died(1), marker(NEW), died(2), died(3), marker(OLD), died(60), died(61));
    for (SourceRecord record : records) {
      raised.addAll(judged(record));
      dies();
    }
    raised.addAll(judged(died(90)));
    assertEquals(List.of("kept"), raised);
    assertEquals(digest(OLD), judge.inForce().digest());
  }

  @Test
  void aMarkerOfRulesThatAreNotKnownIsJudgedOnceTheyAreLearned() {
    ConsumerRecord<byte[], byte[]> marker = read(marker(NEW));
    UnknownRulesException unknown = assertThrows(UnknownRulesException.class, () -> judged(marker));
    assertEquals(digest(NEW), unknown.digest());
    assertEquals(0, entry().events());
    learn(NEW);
    assertEquals(List.of(), judged(marker));
    assertEquals(digest(NEW), judge.inForce().digest());
    assertEquals(1, entry().events());
    assertEquals(0, entry().difference());
  }

  @Test
  void aMarkerOfRulesThatAreNowhereIsCountedAndChangesNothing() {
    String reason = judge.markers().absent(read(marker(NEW)), ledger);
    assertTrue(reason.startsWith("unknown rules:"), reason);
    assertEquals(digest(OLD), judge.inForce().digest());
    assertEquals(Map.of("unknown rules", 1L), entry().rejected());
    assertEquals(0, entry().difference());
  }

  @Test
  void aMarkerThatComesTwiceChangesNothingTheSecondTime() {
    learn(NEW);
    judged(marker(NEW));
    judged(died(0));
    judged(died(1));
    judged(marker(NEW));
    assertEquals(List.of(digest(NEW)), replaced);
    assertEquals(List.of("fresh"), judged(died(60)));
    assertEquals(2, entry().evaluated());
  }

  @Test
  void aMarkerOfTheRulesInForceChangesNothing() {
    judged(died(0));
    judged(died(1));
    judged(marker(OLD));
    assertEquals(List.of(), replaced);
    judged(died(2));
    assertEquals(List.of("kept"), judged(died(60)));
  }

  @Test
  void aBrokenMarkerIsSetAsideAndCounted() {
    for (String json :
        List.of(
            "{", "{}", "[]", "{\"digest\":\"abc\"}", "{\"digest\":\"" + "G".repeat(64) + "\"}")) {
      SourceRecord broken = marker(NEW).with(json.getBytes(StandardCharsets.UTF_8));
      assertThrows(UnreadableRecordException.class, () -> judged(broken), json);
    }
    assertEquals(Map.of("broken marker", 5L), entry().rejected());
    assertEquals(0, entry().difference());
    assertEquals(digest(OLD), judge.inForce().digest());
  }

  @Test
  void aRecordOfAnotherSourceIsNoMarker() {
    SourceRecord ours = marker(NEW);
    SourceRecord theirs =
        new SourceRecord(
            Source.DOCKER,
            "",
            ours.id(),
            ours.type(),
            ours.time(),
            ours.contentType(),
            "host",
            ours.value());
    assertThrows(UnreadableRecordException.class, () -> judged(theirs));
    assertEquals(digest(OLD), judge.inForce().digest());
  }

  @Test
  void whoIsSentBackHasTheRulesOfThere() {
    learn(NEW);
    InForce inForce = judge.inForce();
    judged(died(0));
    judged(marker(NEW));
    judged(died(1));
    assertTrue(inForce.begin(inForce.at(1), 1));
    assertEquals(digest(OLD), inForce.digest());
    assertEquals(digest(OLD), inForce.at(7));
    assertNull(new InForce(any -> true).at(7));
  }
}
