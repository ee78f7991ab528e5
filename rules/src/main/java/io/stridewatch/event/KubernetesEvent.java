package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One event of the Kubernetes API server's audit log or webhook (audit.k8s.io/v1, v1beta1): the
 * item's JSON as received. Its fields are the JSON's own paths and the derived ones of {@link
 * KubernetesWords} and, under Falco's names, of {@link FalcoFields}. Decoding proves the whole text
 * well formed and reads what names the event; all else is read when asked, bodies once. For one
 * thread.
 */
public final class KubernetesEvent implements AuditEvent, Searched {
  private static final String NOT_ONE = "JSON, but not a Kubernetes audit event: ";
  private static final int MOST = 100;

  private final String scope;
  private final byte[] raw;
  private final String auditId;
  private final String stage;
  private final long nanos;

  private final FieldMemory fields = new FieldMemory(this, field -> words().values(field));

  /** Null while it rests, as are its words. */
  private Json json;

  private KubernetesWords words;
  private String id;
  private List<Secret> asked;
  private List<Secret> secrets;

  private KubernetesEvent(String scope, byte[] raw, Json json) {
    this.scope = scope;
    this.raw = raw;
    this.json = json;
    this.auditId = named(json);
    this.stage = Objects.requireNonNullElse(last("stage"), "");
    this.nanos = EventTime.nanos(time(json));
  }

  /**
   * Reads one event.
   *
   * @param scope the cluster, which the event itself doesn't name
   * @param raw one JSON object, up to 64 MiB
   * @throws UnreadableRecordException when it isn't one such event
   */
  public static KubernetesEvent decode(String scope, byte[] raw) {
    return new KubernetesEvent(scope, raw, Json.object(raw, 0, raw.length));
  }

  private static String named(Json json) {
    String auditId = json.last("auditID");
    if (auditId == null) {
      boolean list = json.node("items") != null;
      throw new UnreadableRecordException(
          NOT_ONE + "no auditID" + (list ? " (a list: its items are the events)" : ""));
    }
    String version = json.last("apiVersion");
    if (version != null && !version.startsWith("audit.k8s.io/")) {
      throw new UnreadableRecordException(NOT_ONE + "apiVersion is not of audit.k8s.io");
    }
    return auditId;
  }

  /** {@code timestamp} is v1beta1's of Kubernetes 1.8. */
  private static String time(Json json) {
    for (String key : List.of("stageTimestamp", "requestReceivedTimestamp", "timestamp")) {
      String time = json.last(key);
      if (time != null) {
        return time;
      }
    }
    throw new UnreadableRecordException(NOT_ONE + "no stageTimestamp");
  }

  @Override
  public Source source() {
    return Source.KUBERNETES;
  }

  @Override
  public String scope() {
    return scope;
  }

  /**
   * {@code auditID/stage/HASH}: a client may choose the auditID, so the hash is over what it can't
   * repeat, too (auditID, stage, requestReceivedTimestamp, requestURI).
   */
  @Override
  public String id() {
    if (id == null) {
      String received = text("requestReceivedTimestamp");
      id = ref() + "/" + EventId.hash(auditId, stage, received, text("requestURI"));
    }
    return id;
  }

  @Override
  public String ref() {
    return EventId.cut(auditId, MOST) + "/" + EventId.cut(stage, MOST);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public byte[] raw() {
    return raw;
  }

  @Override
  public void rest() {
    id();
    json = null;
    words = null;
    fields.rest();
  }

  private Json json() {
    if (json == null) {
      json = Json.object(raw, 0, raw.length);
    }
    return json;
  }

  private KubernetesWords words() {
    if (words == null) {
      words = new KubernetesWords(this, json());
    }
    return words;
  }

  @Override
  public List<? extends Fields> views() {
    return List.of(this);
  }

  @Override
  public List<String> values(String field) {
    return fields.values(field);
  }

  /** It is its only view. */
  @Override
  public List<String> anywhere(String field) {
    return values(field);
  }

  @Override
  public boolean has(String field) {
    return !values(field).isEmpty() || !FalcoExpression.isOne(field) && json().has(field);
  }

  /**
   * Kind {@code user}, {@code serviceaccount} or {@code node}; where nobody was recognised (401)
   * {@code address}. With {@code address} and {@code impersonates}, where told.
   */
  @Override
  public Map<String, String> actor() {
    String user = json().last("user.username");
    List<String> address = values("address");
    if (user == null && address.isEmpty()) {
      return null;
    }
    Map<String, String> actor = new LinkedHashMap<>();
    actor.put("kind", user == null ? "address" : kind(user));
    actor.put("name", user == null ? address.get(0) : user);
    address.forEach(last -> actor.put("address", last));
    json().values("impersonatedUser.username").forEach(who -> actor.put("impersonates", who));
    return actor;
  }

  private static String kind(String user) {
    if (user.startsWith("system:serviceaccount:")) {
      return "serviceaccount";
    }
    return user.startsWith("system:node:") ? "node" : "user";
  }

  /**
   * Kind is the resource ({@code pods/exec}), name {@code *} when the request names none; {@code
   * namespace} where there is one. Of a request for no resource: kind {@code path}.
   */
  @Override
  public Map<String, String> target() {
    Map<String, String> target = new LinkedHashMap<>();
    List<String> resource = values("resource");
    if (resource.isEmpty()) {
      String path = new RequestUri(text("requestURI")).path();
      return path.isEmpty() ? null : Party.of("path", path);
    }
    List<String> name = values("name");
    target.put("kind", resource.get(0));
    target.put("name", name.isEmpty() ? "*" : name.get(0));
    values("namespace").forEach(namespace -> target.put("namespace", namespace));
    return target;
  }

  @Override
  public List<Secret> asked() {
    if (asked == null) {
      asked = Secrets.found(found -> KubernetesSecrets.findAsked(json(), found));
    }
    return asked;
  }

  @Override
  public List<Secret> secrets() {
    if (secrets == null) {
      secrets =
          Secrets.found(
              found -> {
                found.addAll(asked());
                KubernetesSecrets.findElse(json(), found);
              });
    }
    return secrets;
  }

  private String text(String key) {
    String text = json().last(key);
    return text == null ? "" : text;
  }

  /** The last value of a field that several ask for, so it is remembered; null without one. */
  String last(String field) {
    List<String> values = values(field);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }
}
