package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.stream.TopicUse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicReportTest {
  private final TopicReport report =
      new TopicReport(
          List.of(
              new TopicUse("t.events", 5 << 20, Instant.parse("2026-11-19T03:00:00Z")),
              new TopicUse("t.alerts", 100 << 10, Instant.parse("2026-11-21T06:55:30Z")),
              new TopicUse("t.memory", 0, null),
              new TopicUse("t.rules", -1, Instant.parse("2026-11-21T04:00:00Z"))),
          Instant.parse("2026-11-21T07:00:00Z"));

  @Test
  void showsUseAndAge() {
    assertEquals(
        List.of(
            "",
            "TOPIC                                         USE  OLDEST",
            "t.events                                  5.0 MiB  2d 4h",
            "t.alerts                                  0.1 MiB  4m 30s",
            "t.memory                                  0.0 MiB  -",
            "t.rules                                         -  3h 0m"),
        report.text());
  }

  @Test
  void tellsProgramsBytesAndInstants() {
    assertEquals(
        "{\"topic\":\"t.events\",\"bytes\":5242880,\"oldest\":\"2026-11-19T03:00:00.000000000Z\"}",
        report.json().get(0));
    assertEquals("{\"topic\":\"t.memory\",\"bytes\":0,\"oldest\":null}", report.json().get(2));
  }
}
