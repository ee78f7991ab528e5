package io.stridewatch.collector.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clouds wrap an API server's audit events in when they export them: EKS's CloudWatch Logs
 * subscription ({@code messageType}, {@code logEvents[].message} is the event as text), AKS's
 * diagnostic records ({@code category} kube-audit, {@code properties.log} is the event as text,
 * alone or in {@code records}), GKE's LogEntry ({@code protoPayload} of type AuditLog, see {@link
 * GkeEntry}). The cluster is the one that the envelope names.
 */
public final class CloudEnvelope {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] EVENT = "{\"kind\":\"Event".getBytes(StandardCharsets.UTF_8);
  private static final Pattern EKS = Pattern.compile("/aws/eks/([^/]{1,253})/cluster");
  private static final Pattern AKS =
      Pattern.compile("(?i).*/(?:managedclusters|connectedclusters)/([^/]{1,253})(?:/.*)?");

  private CloudEnvelope() {}

  /** Takes events. */
  @FunctionalInterface
  public interface Items {
    /**
     * An event.
     *
     * @param cluster null when the envelope names none
     * @param raw as the API server wrote it; of GKE in that form, the entry within
     */
    void event(String cluster, byte[] raw);
  }

  /**
   * Gives the events of an envelope.
   *
   * @return false when it is none
   * @throws UnreadableRecordException when it is one, but can't be read
   */
  public static boolean open(byte[] bytes, int from, int to, Items items) {
    if (begins(bytes, from, to)) {
      return false;
    }
    JsonNode json;
    try {
      json = JSON.readTree(bytes, from, to - from);
    } catch (IOException e) {
      return false;
    }
    if (json.has("messageType") && json.path("logEvents").isArray()) {
      eks(json, items);
    } else if (json.path("records").isArray() && json.size() <= 2) {
      json.path("records").forEach(record -> aks(record, items));
    } else if (json.has("category") && json.path("properties").has("log")) {
      aks(json, items);
    } else if (json.path("protoPayload").has("methodName")) {
      GkeEntry.give(json, items);
    } else {
      return false;
    }
    return true;
  }

  /** As all lines of an API server's own log do. */
  private static boolean begins(byte[] bytes, int from, int to) {
    int same = 0;
    while (same < EVENT.length && from + same < to && bytes[from + same] == EVENT[same]) {
      same++;
    }
    return same == EVENT.length;
  }

  /** A control message has no events; streams of other components have other texts. */
  private static void eks(JsonNode json, Items items) {
    String cluster = named(EKS, json.path("logGroup").asText());
    if (!json.path("messageType").asText().equals("DATA_MESSAGE")
        || !json.path("logStream").asText("kube-apiserver-audit").contains("audit")) {
      return;
    }
    json.path("logEvents").forEach(one -> give(cluster, one.path("message"), items));
  }

  private static void aks(JsonNode record, Items items) {
    if (record.path("category").asText().startsWith("kube-audit")) {
      String cluster = named(AKS, record.path("resourceId").asText());
      give(cluster, record.path("properties").path("log"), items);
    }
  }

  /** As an empty line of a log, an empty text is nothing. */
  private static void give(String cluster, JsonNode text, Items items) {
    if (!text.isTextual()) {
      throw new UnreadableRecordException("a cloud's envelope without the event as text");
    }
    String event = text.asText().strip();
    if (!event.isEmpty()) {
      items.event(cluster, event.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String named(Pattern place, String text) {
    Matcher found = place.matcher(text);
    return found.matches() ? found.group(1) : null;
  }
}
