package io.stridewatch.collector.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.Decoders;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloudEnvelopeTest {
  private static final String EVENT =
      "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"a\\u00e9\\\"1\"}";

  private final List<String> events = new ArrayList<>();

  @Test
  void ofEksEachMessageIsAnEventOfTheClusterThatTheLogGroupNames() throws Exception {
    assertTrue(
        open(
            "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\","
                + "\"logGroup\":\"/aws/eks/prod/cluster\",\"logStream\":\"kube-apiserver-audit-1f\","
                + "\"logEvents\":[{\"id\":\"1\",\"timestamp\":1,\"message\":"
                + quoted(EVENT)
                + "},{\"id\":\"2\",\"timestamp\":2,\"message\":"
                + quoted(EVENT)
                + "}]}"));
    assertEquals(List.of("prod " + EVENT, "prod " + EVENT), events);
  }

  @Test
  void ofEksControlMessagesAndOtherComponentsHaveNoEvents() {
    assertTrue(
        open(
            "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"id\":\"\",\"message\":\"CWL"
                + " CONTROL MESSAGE\"}]}"));
    assertTrue(
        open(
            "{\"messageType\":\"DATA_MESSAGE\",\"logStream\":\"kube-scheduler-1f\","
                + "\"logEvents\":[{\"message\":\"I0101 started\"}]}"));
    assertTrue(open("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":\"\\n\"}]}"));
    assertEquals(List.of(), events);
  }

  @Test
  void ofAksTheEventIsTextInTheRecordsProperties() throws Exception {
    String record =
        "{\"category\":\"kube-audit\",\"resourceId\":\"/SUBSCRIPTIONS/1/RESOURCEGROUPS/g/PROVIDERS/"
            + "MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/shop\",\"time\":\"2026-11-21T04:00:00Z\","
            + "\"properties\":{\"log\":"
            + quoted(EVENT + "\n")
            + ",\"pod\":\"kube-apiserver-1\"}}";
    assertTrue(
        open("{\"records\":[" + record + "," + record.replace("kube-audit", "guard") + "]}"));
    assertTrue(open(record));
    assertEquals(List.of("shop " + EVENT, "shop " + EVENT), events);
  }

  @Test
  void ofGkeTheEntryIsBroughtToTheOneEventAndKeptInIt() {
    String entry =
        "{\"protoPayload\":{\"@type\":\"type.googleapis.com/google.cloud.audit.AuditLog\","
            + "\"authenticationInfo\":{\"principalEmail\":\"eve@example.com\"},"
            + "\"authorizationInfo\":[{\"granted\":true,\"permission\":\"io.k8s.core.v1.pods.create\"}],"
            + "\"methodName\":\"io.k8s.core.v1.pods.create\","
            + "\"requestMetadata\":{\"callerIp\":\"203.0.113.9\",\"callerSuppliedUserAgent\":\"kubectl\"},"
            + "\"resourceName\":\"core/v1/namespaces/shop/pods/p1\",\"serviceName\":\"k8s.io\","
            + "\"request\":{\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\","
            + "\"securityContext\":{\"privileged\":true}}]}},\"status\":{}},"
            + "\"insertId\":\"x\",\"operation\":{\"id\":\"audit-1\"},\"timestamp\":\"2026-11-21T04:00:00.5Z\","
            + "\"resource\":{\"type\":\"k8s_cluster\",\"labels\":{\"cluster_name\":\"gke-1\"}},"
            + "\"labels\":{\"authorization.k8s.io/decision\":\"allow\"}}";
    assertTrue(open(entry));
    assertTrue(events.get(0).startsWith("gke-1 "), events.get(0));
    byte[] raw = events.get(0).substring("gke-1 ".length()).getBytes(UTF_8);
    AuditEvent event = Decoders.decode(Source.KUBERNETES, "gke-1", raw);
    assertEquals(List.of("pods"), event.values("resource"));
    assertEquals(List.of("create"), event.values("verb"));
    assertEquals(List.of("true"), event.values("privileged"));
    assertEquals(List.of("shop"), event.values("namespace"));
    assertEquals(List.of("eve@example.com"), event.values("user.username"));
    assertEquals(List.of("200"), event.values("code"));
    assertEquals(List.of("x"), event.values("logEntry.insertId"));
  }

  @Test
  void ofGkeARefusalIs403AndASubresourceIsNamed() {
    assertTrue(
        open(
            "{\"protoPayload\":{\"methodName\":\"io.k8s.core.v1.pods.exec.create\","
                + "\"resourceName\":\"core/v1/namespaces/shop/pods/p1/exec\","
                + "\"authorizationInfo\":[{\"permission\":\"x\"}],"
                + "\"status\":{\"code\":7,\"message\":\"no\"}},"
                + "\"insertId\":\"x\",\"timestamp\":\"2026-11-21T04:00:00Z\"}"));
    byte[] raw = events.get(0).substring("null ".length()).getBytes(UTF_8);
    AuditEvent event = Decoders.decode(Source.KUBERNETES, "lab", raw);
    assertEquals(List.of("pods/exec"), event.values("resource"));
    assertEquals(List.of("403"), event.values("code"));
    assertEquals(List.of("forbid"), event.values("decision"));
  }

  @Test
  void whatIsNoEnvelopeIsLeftAlone() {
    assertFalse(open(EVENT));
    assertFalse(open("{\"any\":1}"));
    assertFalse(open("no JSON"));
    assertThrows(
        UnreadableRecordException.class,
        () -> open("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":1}]}"));
  }

  private boolean open(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return CloudEnvelope.open(
        bytes,
        0,
        bytes.length,
        (cluster, raw) -> events.add(cluster + " " + new String(raw, UTF_8)));
  }

  private static String quoted(String text) throws Exception {
    return new ObjectMapper().writeValueAsString(text);
  }
}
