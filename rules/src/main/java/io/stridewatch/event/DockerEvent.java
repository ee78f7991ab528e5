package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import io.stridewatch.Fields;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One event of the Docker engine, with what the collector learned about it: the line of {@code GET
 * /events}, then a line for each fact ({@code {"fact":"inspect","status":200,"body":{...}}}). Its
 * fields are the event's own paths, then those of the facts' bodies ({@code
 * HostConfig.Privileged}), and the derived ones of {@link DockerWords}. What an event says in
 * {@code Actor.Attributes} a container's labels can forge, but for {@code image} and {@code name};
 * derived fields take nothing else from there. For one thread.
 */
public final class DockerEvent implements AuditEvent, Searched {
  private static final String NOT_ONE = "JSON, but not a Docker event: ";
  private static final int MOST = 100;

  private final String scope;
  private final byte[] raw;
  private final int lineEnd;
  private final String type;
  private final String action;
  private final String actorId;
  private final long nanos;

  private final FieldMemory fields = new FieldMemory(this, this::read);

  /** Null while it rests. */
  private Json json;

  private List<DockerFact> facts;
  private DockerWords words;
  private List<Secret> secrets;

  private DockerEvent(String scope, byte[] raw) {
    this.scope = scope;
    this.raw = raw;
    this.lineEnd = lineEnd(raw, 0);
    this.json = Json.object(raw, 0, lineEnd);
    this.type = needed("Type");
    this.action = needed("Action");
    String actor = json.last("Actor.ID");
    this.actorId = actor == null ? "" : actor;
    this.nanos = nanos(json);
  }

  /**
   * Reads one event.
   *
   * @param scope the host, which the event itself doesn't name
   * @param raw the event's line and its facts', up to 64 MiB each
   * @throws UnreadableRecordException when the first line isn't such an event; a fact that can't be
   *     read counts as missing
   */
  public static DockerEvent decode(String scope, byte[] raw) {
    return new DockerEvent(scope, raw);
  }

  private String needed(String key) {
    String value = json.last(key);
    if (value == null) {
      throw new UnreadableRecordException(NOT_ONE + "no " + key);
    }
    return value;
  }

  private static long nanos(Json json) {
    String nanos = json.last("timeNano");
    String seconds = json.last("time");
    try {
      if (nanos != null) {
        return Long.parseLong(nanos);
      }
      if (seconds != null) {
        return Math.multiplyExact(Long.parseLong(seconds), 1_000_000_000L);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new UnreadableRecordException(NOT_ONE + "its time is not a whole number in a long");
    }
    throw new UnreadableRecordException(NOT_ONE + "no timeNano");
  }

  private static int lineEnd(byte[] raw, int from) {
    int p = from;
    while (p < raw.length && raw[p] != '\n') {
      p++;
    }
    return p;
  }

  /** The facts in order; of a plug-in's call to create or start a container what it asked for. */
  List<DockerFact> facts() {
    if (facts == null) {
      facts = new ArrayList<>();
      if (type.equals("authz") && action.equals("POST /containers/create")) {
        facts.add(DockerFact.created(json().node("call")));
      } else if (type.equals("authz") && action.endsWith("/start")) {
        facts.add(DockerFact.started(json().node("call")));
      }
      for (int from = lineEnd + 1; from < raw.length; from = lineEnd(raw, from) + 1) {
        int end = lineEnd(raw, from);
        if (end > from) {
          facts.add(DockerFact.of(raw, from, end, actorId));
        }
      }
    }
    return facts;
  }

  /** {@code container}, {@code image}. */
  String type() {
    return type;
  }

  /** As the engine wrote it: behind {@code exec_create: } stands text of the one who ran it. */
  String action() {
    return action;
  }

  /** A container's, network's or plug-in's id; of images and volumes a name. */
  String actorId() {
    return actorId;
  }

  /** The event's own line. */
  Json json() {
    if (json == null) {
      json = Json.object(raw, 0, lineEnd);
    }
    return json;
  }

  @Override
  public void rest() {
    json = null;
    facts = null;
    words = null;
    fields.rest();
  }

  @Override
  public Source source() {
    return Source.DOCKER;
  }

  @Override
  public String scope() {
    return scope;
  }

  /**
   * {@code timeNano/Type/Action/ID}; long parts are cut and end with a hash of the whole. The
   * action of an exec is a command line: a secret in it is masked here as well.
   */
  @Override
  public String id() {
    String shown = action.indexOf(' ') < 0 ? action : Secrets.masked(action);
    return nanos
        + "/"
        + EventId.cut(type, MOST)
        + "/"
        + EventId.cut(shown, MOST)
        + "/"
        + EventId.cut(actorId, MOST);
  }

  @Override
  public String ref() {
    return id();
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

  private List<String> read(String field) {
    return DockerWords.ALL.containsKey(field) ? word(field) : own(field);
  }

  private List<String> word(String field) {
    if (words == null) {
      words = new DockerWords(this);
    }
    return DockerWords.ALL.get(field).apply(words);
  }

  private List<String> own(String path) {
    List<String> values = json().values(path);
    if (!values.isEmpty()) {
      return values;
    }
    return facts().stream()
        .filter(DockerFact::isEngines)
        .map(fact -> fact.said().values(path))
        .filter(said -> !said.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  @Override
  public boolean has(String field) {
    return !values(field).isEmpty()
        || json().has(field)
        || facts().stream().anyMatch(fact -> fact.isEngines() && fact.said().has(field));
  }

  @Override
  public List<Secret> secrets() {
    if (secrets == null) {
      secrets = Secrets.found(found -> DockerSecrets.find(raw, found));
    }
    return secrets;
  }

  /** The engine tells nobody; its authorisation plug-in hears the name of a TLS client. */
  @Override
  public Map<String, String> actor() {
    return Stream.concat(
            Stream.ofNullable(type.equals("authz") ? json().last("call.User") : null),
            facts().stream()
                .filter(fact -> fact.call() != null)
                .map(fact -> fact.call().last("User")))
        .filter(user -> user != null && !user.isEmpty())
        .findFirst()
        .map(user -> Party.of("user", user))
        .orElse(null);
  }

  /**
   * Kind is the event's type, name {@code *} of a prune; {@code id}, of a container {@code image}.
   */
  @Override
  public Map<String, String> target() {
    Map<String, String> target = new LinkedHashMap<>();
    List<String> name = values("name");
    String nameless = actorId.isEmpty() ? "*" : actorId;
    target.put("kind", type);
    target.put("name", name.isEmpty() ? nameless : name.get(0));
    target.put("id", actorId);
    if (type.equals("container")) {
      values("image").forEach(image -> target.put("image", image));
    }
    return target;
  }
}
