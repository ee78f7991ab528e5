package io.stridewatch.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading Kubernetes audit events, beside the yardstick: a bare Jackson streaming read of 25 fields
 * that skips the rest. One operation is one recorded stream of {@link #EVENTS} events; {@link
 * #main} prints their bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class KubernetesDecoding {
  static final List<String> EVENTS =
      List.of("workloads", "rbac", "secrets", "access-exec", "controllers", "anonymous");

  /** What rules look at first. */
  private static final String[] ASKED = {
    "verb",
    "stage",
    "level",
    "resource",
    "namespace",
    "name",
    "user.username",
    "user.groups",
    "code",
    "decision",
    "person",
    "address",
    "userAgent",
    "requestURI",
    "objectRef.subresource"
  };

  private static final Set<String> TOP =
      Set.of(
          "kind",
          "apiVersion",
          "level",
          "auditID",
          "stage",
          "requestURI",
          "verb",
          "userAgent",
          "requestReceivedTimestamp",
          "stageTimestamp",
          "sourceIPs");
  private static final Map<String, Set<String>> WITHIN =
      Map.of(
          "user", Set.of("username", "uid", "groups"),
          "impersonatedUser", Set.of("username"),
          "objectRef",
              Set.of("resource", "namespace", "name", "subresource", "apiGroup", "apiVersion"),
          "responseStatus", Set.of("code", "reason"),
          "annotations", Set.of("authorization.k8s.io/decision", "authorization.k8s.io/reason"));

  private final JsonFactory factory = new JsonFactory();
  private List<byte[]> events;

  /** Bytes of the stream, for rates. */
  public static void main(String[] args) throws IOException {
    KubernetesDecoding decoding = new KubernetesDecoding();
    decoding.read();
    long bytes = decoding.events.stream().mapToLong(event -> event.length).sum();
    System.out.println("events=" + decoding.events.size() + " bytes=" + bytes);
  }

  /** Reads the recordings. */
  @Setup
  public void read() throws IOException {
    events = new ArrayList<>();
    for (String name : EVENTS) {
      String path = "/io/stridewatch/event/kubernetes/" + name + ".jsonl";
      try (InputStream in = KubernetesDecoding.class.getResourceAsStream(path)) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .forEach(line -> events.add(line.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  /** Proves them well formed, finds their names and times. */
  @Benchmark
  public long decoded() {
    long nanos = 0;
    for (byte[] event : events) {
      nanos += Decoders.decode(Source.KUBERNETES, "lab", event).nanos();
    }
    return nanos;
  }

  /** The same and what rules look at first. */
  @Benchmark
  public long decodedAndAsked() {
    long values = 0;
    for (byte[] raw : events) {
      AuditEvent event = Decoders.decode(Source.KUBERNETES, "lab", raw);
      for (String field : ASKED) {
        values += event.values(field).size();
      }
    }
    return values;
  }

  /** The same and what pods are given, of every event. */
  @Benchmark
  public long decodedAndAskedOfPods() {
    long values = 0;
    for (byte[] raw : events) {
      AuditEvent event = Decoders.decode(Source.KUBERNETES, "lab", raw);
      values += event.values("privileged").size() + event.values("hostPaths").size();
    }
    return values;
  }

  /** The yardstick. */
  @Benchmark
  public long bareJackson() throws IOException {
    long characters = 0;
    for (byte[] event : events) {
      try (JsonParser parser = factory.createParser(event)) {
        parser.nextToken();
        characters += fields(parser);
      }
    }
    return characters;
  }

  private static long fields(JsonParser parser) throws IOException {
    long characters = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      Set<String> within = value == JsonToken.START_OBJECT ? WITHIN.get(key) : null;
      characters += within == null ? taken(parser, TOP.contains(key)) : within(parser, within);
    }
    return characters;
  }

  private static long within(JsonParser parser, Set<String> keys) throws IOException {
    long characters = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = keys.contains(parser.currentName());
      parser.nextToken();
      characters += taken(parser, wanted);
    }
    return characters;
  }

  private static long taken(JsonParser parser, boolean wanted) throws IOException {
    if (wanted && parser.currentToken().isScalarValue()) {
      return parser.getText().length();
    }
    if (!wanted || parser.currentToken() == JsonToken.START_OBJECT) {
      parser.skipChildren();
      return 0;
    }
    long characters = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      characters += parser.getText().length();
    }
    return characters;
  }
}
