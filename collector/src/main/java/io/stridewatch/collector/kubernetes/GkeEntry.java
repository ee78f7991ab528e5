package io.stridewatch.collector.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * GKE tells an API server's audit event as a LogEntry of Cloud Audit Logs ({@code protoPayload}, a
 * google.cloud.audit.AuditLog), not as the API server wrote it. It is written in the API server's
 * form here, with the whole entry in the member {@code logEntry}. What Google leaves out is
 * missing: groups, the request's URI (made anew from the resource), the stages but the last.
 */
final class GkeEntry {
  private static final String SERVICE = "k8s.io";

  /** google.rpc.Code as HTTP's status; what is not here is 500. */
  private static final Map<Integer, Integer> CODES =
      Map.of(0, 200, 3, 400, 5, 404, 6, 409, 7, 403, 8, 429, 9, 400, 10, 409, 16, 401);

  private final JsonNode entry;
  private final JsonNode said;

  private GkeEntry(JsonNode entry) {
    this.entry = entry;
    this.said = entry.path("protoPayload");
  }

  /** Gives the event; nothing for entries of other services, such as the container API's. */
  static void give(JsonNode entry, CloudEnvelope.Items items) {
    GkeEntry one = new GkeEntry(entry);
    if (one.said.path("serviceName").asText(SERVICE).equals(SERVICE)) {
      String cluster = entry.path("resource").path("labels").path("cluster_name").asText(null);
      items.event(cluster, one.event().toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private ObjectNode event() {
    String time = entry.path("timestamp").asText();
    if (time.isEmpty()) {
      throw new UnreadableRecordException("a GKE log entry without timestamp");
    }
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
    event.put("level", said.has("request") ? "RequestResponse" : "Metadata");
    String operation = entry.path("operation").path("id").asText();
    event.put("auditID", operation.isEmpty() ? entry.path("insertId").asText() : operation);
    event.put("stage", "ResponseComplete");
    event.put("requestURI", "/" + said.path("resourceName").asText());
    event.put("verb", last(said.path("methodName").asText().split("\\.")));
    event.set("user", user());
    JsonNode meta = said.path("requestMetadata");
    if (meta.has("callerIp")) {
      event.putArray("sourceIPs").add(meta.path("callerIp").asText());
    }
    if (meta.has("callerSuppliedUserAgent")) {
      event.put("userAgent", meta.path("callerSuppliedUserAgent").asText());
    }
    event.set("objectRef", object());
    event.set("responseStatus", status());
    copy("request", event, "requestObject");
    copy("response", event, "responseObject");
    event.put("requestReceivedTimestamp", time).put("stageTimestamp", time);
    event.set("annotations", annotations());
    return event.set("logEntry", entry);
  }

  private static String last(String[] words) {
    return words[words.length - 1];
  }

  private ObjectNode user() {
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    JsonNode who = said.path("authenticationInfo").path("principalEmail");
    return who.isMissingNode() ? user : user.put("username", who.asText());
  }

  /**
   * {@code core/v1/namespaces/NAMESPACE/pods/NAME/exec}, {@code
   * rbac.authorization.k8s.io/v1/clusterroles/NAME}.
   */
  private ObjectNode object() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> parts = Arrays.asList(said.path("resourceName").asText().split("/"));
    if (parts.size() < 3) {
      return object;
    }
    if (!parts.get(0).equals("core")) {
      object.put("apiGroup", parts.get(0));
    }
    object.put("apiVersion", parts.get(1));
    boolean within = parts.size() > 4 && parts.get(2).equals("namespaces");
    List<String> rest = parts.subList(within ? 4 : 2, parts.size());
    object.put("resource", rest.get(0));
    if (within || rest.get(0).equals("namespaces") && rest.size() > 1) {
      object.put("namespace", parts.get(3));
    }
    if (rest.size() > 1) {
      object.put("name", rest.get(1));
    }
    return rest.size() > 2 ? object.put("subresource", rest.get(2)) : object;
  }

  private ObjectNode status() {
    JsonNode says = said.path("status");
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    int code = says.path("code").asInt();
    // Google leaves the code out when it is 0; some exporters keep HTTP's own.
    status.put("code", code >= 100 ? code : CODES.getOrDefault(code, 500));
    return says.has("message") ? status.put("message", says.path("message").asText()) : status;
  }

  private void copy(String from, ObjectNode event, String to) {
    if (said.has(from)) {
      event.set(to, said.path(from));
    }
  }

  private ObjectNode annotations() {
    ObjectNode annotations = JsonNodeFactory.instance.objectNode();
    entry
        .path("labels")
        .properties()
        .forEach(label -> annotations.set(label.getKey(), label.getValue()));
    JsonNode granted = said.path("authorizationInfo").path(0).path("granted");
    if (!annotations.has("authorization.k8s.io/decision")) {
      boolean refused = !granted.asBoolean() && said.path("status").path("code").asInt() == 7;
      annotations.put("authorization.k8s.io/decision", refused ? "forbid" : "allow");
    }
    return annotations;
  }
}
