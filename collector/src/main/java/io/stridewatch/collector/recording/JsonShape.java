package io.stridewatch.collector.recording;

import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.JsonSlices;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What a JSON value of a recording is, by its content. */
enum JsonShape {
  /** A line of a sealed recording that holds a record. */
  SEALED_RECORD("record", "source", "sha256"),
  /** A line of it that could not be read when it was sealed. */
  SEALED_REJECTED("record", "reason", "sha256"),
  /** Its first and its last line. */
  SEALED_HEAD("schema", "sha256"),
  SEALED_END("records", "sha256"),
  /** One event of {@code audit.k8s.io}. */
  KUBERNETES_EVENT("auditID", "stage"),
  /** A list of them. */
  KUBERNETES_LIST("kind", "apiVersion", "items"),
  /** A post to a webhook as it was received, with the list in {@code body} as a string. */
  KUBERNETES_POST("path", "headers", "body", "method"),
  /** A subscription of CloudWatch Logs: EKS. */
  CLOUD_SUBSCRIPTION("messageType", "logEvents"),
  /** A diagnostic record of Azure: AKS. */
  CLOUD_RECORD("category", "properties"),
  /** A log entry of Google's: GKE. */
  CLOUD_ENTRY("protoPayload"),
  /** One line of {@code GET /events}. */
  DOCKER_EVENT("Type", "Action", "Actor"),
  /** An answer of the engine, with when and why it was asked. */
  DOCKER_ANSWER("asked", "after", "status"),
  /** A call of an authorisation plug-in. */
  DOCKER_CALL("call", "body"),
  /** {@code docker inspect} of a container. */
  DOCKER_CONTAINER("Id", "HostConfig"),
  /** {@code docker inspect} of something else. */
  DOCKER_OBJECT("Id", "Created"),
  /** What the engine said of itself, beside a recording; no rule reads it yet. */
  DOCKER_ENGINE("path", "status", "when"),
  /** When a stream was connected. */
  DOCKER_CONNECTION("stream", "what"),
  /** Azure's records together. */
  CLOUD_RECORDS("records"),
  /** Anything else. */
  OTHER;

  /** How the engine, the API server and we begin their lines: most need no second look. */
  private static final Beginning[] BEGINNINGS = {
    new Beginning("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1", KUBERNETES_EVENT),
    new Beginning("{\"record\":", SEALED_RECORD),
    new Beginning("{\"status\":\"", DOCKER_EVENT),
    new Beginning("{\"Type\":\"", DOCKER_EVENT)
  };

  private final Set<String> keys;

  JsonShape(String... keys) {
    this.keys = Set.of(keys);
  }

  /**
   * What lies between the two places; whether it is whole is for its decoder to judge.
   *
   * @throws UnreadableRecordException when it had to be looked through and is no JSON
   */
  static JsonShape of(byte[] bytes, int from, int to) {
    for (Beginning beginning : BEGINNINGS) {
      if (beginning.matches(bytes, from, to)) {
        return beginning.shape;
      }
    }
    return byKeys(bytes, from, to);
  }

  private static JsonShape byKeys(byte[] bytes, int from, int to) {
    Set<String> found = new HashSet<>();
    JsonSlices.each(bytes, from, to, (key, token, begin, end) -> found.add(key));
    for (JsonShape shape : values()) {
      if (shape != OTHER && found.containsAll(shape.keys)) {
        return shape;
      }
    }
    return OTHER;
  }

  private record Beginning(byte[] text, JsonShape shape) {
    Beginning(String text, JsonShape shape) {
      this(text.getBytes(StandardCharsets.US_ASCII), shape);
    }

    boolean matches(byte[] bytes, int from, int to) {
      int end = from + text.length;
      return end <= to && Arrays.equals(bytes, from, end, text, 0, text.length);
    }
  }
}
