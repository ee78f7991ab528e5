package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.event.AuditdDecoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditGapsTest {
  private static final long START = 1795233600;

  private final AuditGaps gaps = new AuditGaps();

  @Test
  void tellsSerialsThatDidNotComeInTimeWithTheirBounds() {
    event(0, 10);
    event(1, 14);
    assertEquals(List.of(), told());
    event(7, 15);
    assertEquals(
        List.of(
            "{\"kind\":\"gap\",\"time\":\"2026-11-21T04:00:01.000000000Z\",\"of\":\"auditd\","
                + "\"from\":\"2026-11-21T04:00:00.000000000Z\","
                + "\"to\":\"2026-11-21T04:00:01.000000000Z\",\"lost\":3,"
                + "\"why\":\"audit serial numbers are missing\"}"),
        told());
  }

  @Test
  void eventsOutOfOrderAreNoGap() {
    for (int serial : new int[] {10, 13, 11, 12, 16, 15, 14}) {
      event(0, serial);
    }
    event(60, 17);
    event(90, 18);
    assertEquals(List.of(), told());
  }

  @Test
  void manyGapsAreToldTogetherOnceAMinute() {
    for (int second = 0; second < 130; second++) {
      event(second, 10 + 2 * second);
    }
    assertEquals(3, told().size());
  }

  @Test
  void aBootBeginsToCountAnew() {
    event(0, 5_000_000);
    event(100, 1);
    event(200, 2);
    assertEquals(List.of(), told());
  }

  @Test
  void tellsHowLongAuditdDidNotRun() {
    event(0, 10);
    daemon(5, "DAEMON_END");
    daemon(30, "DAEMON_START");
    event(31, 9000);
    event(60, 9001);
    assertEquals(
        List.of(
            "{\"kind\":\"gap\",\"time\":\"2026-11-21T04:00:30.000000000Z\",\"of\":\"auditd\","
                + "\"from\":\"2026-11-21T04:00:05.000000000Z\","
                + "\"to\":\"2026-11-21T04:00:30.000000000Z\",\"why\":\"auditd did not run\"}"),
        told());
  }

  @Test
  void aDaemonThatWasKilledIsToldApart() {
    event(0, 10);
    daemon(30, "DAEMON_START");
    assertEquals(
        "\"why\":\"auditd did not run, and was not ended in order\"}",
        told().get(0).replaceFirst(".*,\"why\"", "\"why\""));
  }

  @Test
  void tellsHowLongAuditingWasOff() {
    config(0, 10, 0, 1);
    config(20, 11, 1, 0);
    assertEquals(
        List.of(
            "{\"kind\":\"gap\",\"time\":\"2026-11-21T04:00:20.000000000Z\",\"of\":\"auditd\","
                + "\"from\":\"2026-11-21T04:00:00.000000000Z\","
                + "\"to\":\"2026-11-21T04:00:20.000000000Z\","
                + "\"why\":\"auditing was switched off\"}"),
        told());
  }

  @Test
  void eachNodeCountsForItself() {
    take("node=a type=USER msg=audit(" + START + ".000:10): pid=1");
    take("node=b type=USER msg=audit(" + START + ".000:9999): pid=1");
    take("node=a type=USER msg=audit(" + (START + 90) + ".000:11): pid=1");
    take("node=a type=USER msg=audit(" + (START + 99) + ".000:12): pid=1");
    assertEquals(List.of(), told());
  }

  private void event(int second, long serial) {
    take("type=USER msg=audit(" + (START + second) + ".000:" + serial + "): pid=1 uid=0");
  }

  private void daemon(int second, String type) {
    take("type=" + type + " msg=audit(" + (START + second) + ".000:77): op=x res=success");
  }

  private void config(int second, long serial, int enabled, int old) {
    take(
        "type=CONFIG_CHANGE msg=audit(%d.000:%d): op=set audit_enabled=%d old=%d auid=0 res=1"
            .formatted(START + second, serial, enabled, old));
  }

  private void take(String line) {
    gaps.event(AuditdDecoder.record("", "lab", line.getBytes(UTF_8), 0));
  }

  private List<String> told() {
    return gaps.take().stream().map(gap -> new String(gap, UTF_8)).toList();
  }
}
