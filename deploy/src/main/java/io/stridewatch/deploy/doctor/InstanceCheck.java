package io.stridewatch.deploy.doctor;

import io.stridewatch.stream.HeardCollector;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.LedgerEntry;
import io.stridewatch.stream.LedgerReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an instance's ledger says: collectors that are silent, clocks that are off, records lost.
 */
final class InstanceCheck {
  private static final String AREA = "instance";
  private static final long CLOCK_MILLIS = 2_000;

  private final Kafka kafka;

  InstanceCheck(Kafka kafka) {
    this.kafka = kafka;
  }

  List<Finding> findings() throws InterruptedException {
    try {
      return of(LedgerReading.of(kafka).entries());
    } catch (IOException e) {
      return List.of(
          Finding.fault(
              "kafka",
              e.getMessage(),
              "start it, give --kafka-config, or make the topics: doctor --kafka HOST:PORT"));
    }
  }

  static List<Finding> of(List<LedgerEntry> entries) {
    List<Finding> findings = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      if (entry.difference() != 0 || entry.missingNumbers() > 0) {
        findings.add(
            Finding.fault(
                AREA,
                "of "
                    + entry.source().label()
                    + " "
                    + entry.scope()
                    + " records are missing: "
                    + entry.missingNumbers()
                    + ", difference "
                    + entry.difference(),
                "stridewatch status; look into the collector's log of that time"));
      }
      entry.collectors().forEach(one -> collector(entry, one, findings));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(AREA, "all collectors are heard, and no record is missing"));
    }
    return findings;
  }

  private static void collector(LedgerEntry entry, HeardCollector one, List<Finding> findings) {
    if (!one.state().equals("live")) {
      findings.add(
          Finding.fault(
              AREA,
              one.name() + " of " + entry.scope() + " is " + one.state() + why(one),
              one.trouble() == null
                  ? "start 'stridewatch collect' there, or see why it ended"
                  : "mend what it says; it goes on by itself"));
    }
    if (Math.abs(one.ahead()) > CLOCK_MILLIS) {
      findings.add(
          Finding.fault(
              AREA,
              "the clock of " + entry.scope() + " is " + one.ahead() + " ms ahead of the broker's",
              "have both follow NTP: timedatectl set-ntp true"));
    }
  }

  private static String why(HeardCollector one) {
    return one.trouble() == null ? " since " + one.heard() : ": " + one.trouble();
  }
}
