package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Source;
import io.stridewatch.stream.LedgerReading.PartitionSum;
import io.stridewatch.stream.LedgerReading.SinkSum;
import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From alerts to a sink, through a real broker; each test has its own topics. */
@Timeout(60)
class SinkRoadIT {
  @RegisterExtension static final OwnTopics TOPICS = new OwnTopics(2);

  @Test
  void aSinkIsToldEachAlertOnceThoughItFailsAtFirst() throws Exception {
    Recorder sink = new Recorder();
    Delivery delivery = new Delivery(TOPICS.kafka(), sink, "member");
    delivery.configure(false);
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD);
        Running detection = detect();
        Served served = new Served(delivery)) {
      detection.untilAlerts(0);
      served.begin();
      sink.failures.set(3);
      writer.emit(Sample.alerts(0, 10));
      assertEquals(Sample.ids(10), sorted(sink.untilTold(10)));
    }
  }

  @Test
  void anAlertThatASinkCantTakeIsADeadLetterAndTheLedgerAddsUp() throws Exception {
    Recorder sink = new Recorder();
    sink.refused = "id3";
    Delivery delivery = new Delivery(TOPICS.kafka(), sink, "member");
    delivery.configure(false);
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD);
        Running detection = detect();
        Served served = new Served(delivery)) {
      writer.emit(Sample.alerts(0, 10));
      writer.emit(List.of(Sample.record("host", "other", "quiet")));
      writer.emit(List.of(Sample.record("host", "bad", "unreadable")));
      detection.untilAlerts(10);
      served.begin();
      sink.untilTold(9);
    }
    assertEquals(List.of("undeliverable: never this one, sink recorder"), sinkReasons());
    LedgerReading ledger = LedgerReading.of(TOPICS.kafka());
    assertEquals(List.of(new SinkSum("recorder", 10, 9, 1, 0, 0, 0, 0, 0)), ledger.sinks());
    assertEquals(12, sum(ledger, LedgerEntry::events));
    assertEquals(10, sum(ledger, LedgerEntry::alerts));
    assertEquals(0, sum(ledger, LedgerEntry::difference));
    assertEquals(0, sum(ledger, LedgerEntry::missingNumbers));
    assertEquals(0, ledger.partitions().stream().mapToLong(PartitionSum::waiting).sum());
  }

  @Test
  void aSinkStartsAtTheAlertsAfterItWasConfiguredOrAtTheOldest() throws Exception {
    Recorder late = new Recorder();
    Recorder all = new Recorder("all");
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD);
        Running detection = detect()) {
      writer.emit(Sample.alerts(0, 3));
      detection.untilAlerts(3);
      Delivery fromNow = new Delivery(TOPICS.kafka(), late, "member");
      Delivery fromStart = new Delivery(TOPICS.kafka(), all, "member");
      fromNow.configure(false);
      fromStart.configure(true);
      writer.emit(Sample.alerts(3, 5));
      detection.untilAlerts(2);
      fromNow.configure(false);
      try (Served first = new Served(fromNow);
          Served second = new Served(fromStart)) {
        first.begin();
        second.begin();
        assertEquals(List.of("id3", "id4"), sorted(late.untilTold(2)));
        assertEquals(Sample.ids(5), sorted(all.untilTold(5)));
      }
    }
  }

  private List<String> sinkReasons() throws IOException {
    return TOPICS
        .rejected(record -> ", sink " + Envelope.textOrNull(record.headers(), "sink"))
        .stream()
        .filter(reason -> reason.startsWith("undeliverable"))
        .toList();
  }

  private static long sum(LedgerReading ledger, ToLongFunction<LedgerEntry> count) {
    return ledger.entries().stream()
        .filter(entry -> entry.source() == Source.DOCKER)
        .mapToLong(count)
        .sum();
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  private Running detect() {
    return new Running(TOPICS.kafka());
  }
}
