package io.stridewatch.deploy.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RetimedTest {
  private static final long SECOND = 1_000_000_000L;

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  @Test
  void movesAnAuditdEventInEachOfItsLines() {
    byte[] raw =
        bytes("type=SYSCALL msg=audit(9.900:7): a0=1\ntype=PATH msg=audit(9.900:7): name=\"x\"");
    assertEquals(9_900_000_000L, Retimed.auditdNanos(raw));
    assertEquals(
        "type=SYSCALL msg=audit(11.000:7): a0=1\ntype=PATH msg=audit(11.000:7): name=\"x\"",
        text(Retimed.auditd(raw, 1_100_000_000L)));
  }

  @Test
  void leavesWhatOnlyLooksLikeATimeAsItIs() {
    String line = "type=USER msg=audit(1.000:7): msg='type=X msg=audit(1.000:8): \u0085x'";
    assertEquals(line.replaceFirst("1\\.000", "2.000"), text(Retimed.auditd(bytes(line), SECOND)));
    String docker =
        "{\"Actor\":{\"Attributes\":{\"a\":\"\\\"time\\\":1,\\\"timeNano\\\":1}\"}},"
            + "\"time\":1,\"timeNano\":1000000001}";
    assertEquals(
        docker.replace(
            "\"time\":1,\"timeNano\":1000000001}", "\"time\":2,\"timeNano\":2000000001}"),
        text(Retimed.docker(bytes(docker), SECOND)));
  }

  @Test
  void movesBothTimesOfAKubernetesEventAndKeepsTheirMicroseconds() {
    String event =
        "{\"requestReceivedTimestamp\":\"2026-11-21T04:42:27.880000Z\","
            + "\"stageTimestamp\":\"2026-11-21T04:42:27.990001Z\"}";
    assertEquals(
        "{\"requestReceivedTimestamp\":\"2026-11-21T04:42:28.880000Z\","
            + "\"stageTimestamp\":\"2026-11-21T04:42:28.990001Z\"}",
        text(Retimed.kubernetes(bytes(event), SECOND)));
  }

  @Test
  void leavesTheEnginesWordForNeverAsItIs() {
    assertEquals(
        "[\"0001-01-01T00:00:00Z\",\"2026-11-21T00:00:01Z\"]",
        text(Retimed.answer(bytes("[\"0001-01-01T00:00:00Z\",\"2026-11-21T00:00:00Z\"]"), SECOND)));
  }
}
