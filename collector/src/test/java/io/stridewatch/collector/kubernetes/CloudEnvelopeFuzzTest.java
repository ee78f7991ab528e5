package io.stridewatch.collector.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Mutations;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clouds' envelopes broken at random: opened, left alone, or refused in one line; what comes out is
 * never empty. {@code -Dfuzz=N} makes N rounds.
 */
class CloudEnvelopeFuzzTest {
  private final Mutations mutations =
      Mutations.ofJson(
          20261122, "records", "logEvents", "message", "properties", "protoPayload", "1e9", "\\n");

  @Test
  void aBrokenEnvelopeIsOpenedOrLeftAloneOrRefusedInOneLine() throws IOException {
    List<String> whole = envelopes();
    int events = 0;
    for (int round = 0; round < Mutations.rounds(3_000); round++) {
      events += events(mutations.bytes(whole.get(round % whole.size()).getBytes(UTF_8)));
    }
    assertTrue(events > 0, "none was opened");
  }

  private static int events(byte[] envelope) {
    int[] events = new int[1];
    try {
      CloudEnvelope.open(
          envelope,
          0,
          envelope.length,
          (cluster, raw) -> {
            assertTrue(raw.length > 0, () -> new String(envelope, UTF_8));
            events[0]++;
          });
    } catch (UnreadableRecordException e) {
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
    return events[0];
  }

  private static List<String> envelopes() throws IOException {
    String event = new ObjectMapper().writeValueAsString(AuditEvents.item(1));
    return List.of(
        "{\"messageType\":\"DATA_MESSAGE\",\"logGroup\":\"/aws/eks/prod/cluster\","
            + ("\"logStream\":\"kube-apiserver-audit-1f\",\"logEvents\":[{\"message\":" + event)
            + ("},{\"message\":" + event + "}]}"),
        "{\"records\":[{\"category\":\"kube-audit\",\"resourceId\":\"/X/MANAGEDCLUSTERS/shop\","
            + ("\"properties\":{\"log\":" + event + "}}]}"),
        "{\"protoPayload\":{\"@type\":\"type.googleapis.com/google.cloud.audit.AuditLog\","
            + "\"methodName\":\"io.k8s.core.v1.pods.exec.create\",\"status\":{\"code\":7},"
            + "\"resourceName\":\"core/v1/namespaces/shop/pods/p1/exec\"},\"insertId\":\"x\","
            + "\"timestamp\":\"2026-11-21T04:00:00.5Z\",\"resource\":{\"labels\":{}}}");
  }
}
