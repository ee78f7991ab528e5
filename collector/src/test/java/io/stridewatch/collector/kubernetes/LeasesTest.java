package io.stridewatch.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T05:00:00Z");
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-1";

  private final Leases leases = new Leases(Duration.ofSeconds(5));

  @Test
  void tellsTheTimeInWhichNobodyRenewed() {
    renewEach10Seconds(0, 60);
    assertEquals(List.of(), told(90));
    assertEquals(List.of("60-95"), told(100));
    assertEquals(List.of(), told(150), "once as long as it lasts");
    renewEach10Seconds(200, 240);
    assertEquals(List.of("95-200"), told(245), "its rest when it ends");
    assertEquals(List.of(), told(260));
  }

  @Test
  void takesWhatComesLateForWhatItIs() {
    renewEach10Seconds(0, 60);
    renewEach10Seconds(100, 100);
    renewEach10Seconds(80, 80);
    assertEquals(List.of(), told(105));
  }

  @Test
  void knowsNothingWhereLeasesAreRare() {
    see(0, LEASE);
    see(40, LEASE);
    see(300, LEASE);
    assertEquals(List.of(), told(1000));
  }

  @Test
  void looksAtLeasesAlone() {
    for (int second = 0; second < 60; second += 5) {
      see(second, "/api/v1/namespaces/dev/pods");
    }
    assertEquals(List.of(), told(1000));
  }

  private void renewEach10Seconds(int from, int to) {
    for (int second = from; second <= to; second += 10) {
      see(second, LEASE);
    }
  }

  private void see(int second, String path) {
    String event = "{\"kind\":\"Event\",\"auditID\":\"x\",\"requestURI\":\"" + path + "\"}";
    leases.seen(
        new SourceRecord(
            Source.KUBERNETES,
            "",
            "x",
            "io.stridewatch.kubernetes.event",
            BEGIN.plusSeconds(second),
            "application/json",
            "lab",
            event.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> told(int upTo) {
    return leases.gaps("lab", BEGIN.plusSeconds(upTo)).stream()
        .map(gap -> second(gap.from()) + "-" + second(gap.to()))
        .toList();
  }

  private static long second(Instant time) {
    return Duration.between(BEGIN, time).toSeconds();
  }
}
