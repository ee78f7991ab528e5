package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.util.List;
import java.util.Set;

/**
 * What a collector asked the engine, or heard as its authorisation plug-in, about one event: a line
 * behind the event's.
 *
 * @param kind {@code inspect}, {@code authz}, {@code configuration}, {@code arguments}, or {@code
 *     missing} when it has no answer
 * @param said what was said, in the shape of the engine's inspect answers, or an array of an
 *     image's history; of the daemon's configuration and arguments the whole line; null when
 *     missing
 * @param call the plug-in's call; null when it isn't one
 */
record DockerFact(String kind, Json said, Json call) {
  private static final DockerFact MISSING = new DockerFact("missing", null, null);
  private static final Set<String> SETTINGS =
      Set.of(DaemonSettings.CONFIGURATION, DaemonSettings.ARGUMENTS);

  /**
   * The fact of a line; one that can't be read, or that was refused to the collector, is missing.
   */
  static DockerFact of(byte[] raw, int from, int to, String container) {
    try {
      Json line = Json.object(raw, from, to);
      if (SETTINGS.contains(String.valueOf(line.last("fact")))) {
        return settings(line);
      }
      Json body = line.node("body");
      if (body == null || !body.isObject() && !body.isArray() || refused(line)) {
        return MISSING;
      }
      return "authz".equals(line.last("fact")) ? heard(body, container) : inspected(line, body);
    } catch (UnreadableRecordException e) {
      return MISSING;
    }
  }

  /** That there is no such file is an answer too: it sets nothing. */
  private static DockerFact settings(Json line) {
    Json body = line.child("body");
    boolean told = body != null && body.isObject() && !refused(line);
    boolean none = body == null && "404".equals(line.last("status"));
    return told || none ? new DockerFact(line.last("fact"), line, null) : MISSING;
  }

  /** Whether it is in the words of the engine's API, so that its paths are the event's fields. */
  boolean isEngines() {
    return said != null && !SETTINGS.contains(kind);
  }

  private static boolean refused(Json line) {
    String status = line.last("status");
    return line.node("missing") != null || status != null && !status.equals("200");
  }

  private static DockerFact inspected(Json line, Json body) {
    return "inspect".equals(line.last("fact")) ? new DockerFact("inspect", body, null) : MISSING;
  }

  /** What a call to create a container asked for that is a record of its own. */
  static DockerFact created(Json call) {
    return asked(call == null ? null : new AuthzCreate(call).asked(), call);
  }

  /** What a call to start a container asked for; missing when it asked for nothing more. */
  static DockerFact started(Json call) {
    return asked(call == null ? null : new AuthzCreate(call).askedAtStart(), call);
  }

  private static DockerFact asked(Json asked, Json call) {
    return asked == null ? MISSING : new DockerFact("authz", asked, call);
  }

  /** A call that made another container than the event's says nothing about this one. */
  private static DockerFact heard(Json call, String container) {
    AuthzCreate create = new AuthzCreate(call);
    List<String> made = create.made();
    if (!made.isEmpty() && !made.contains(container)) {
      return MISSING;
    }
    Json asked = create.asked();
    return asked == null ? MISSING : new DockerFact("authz", asked, call);
  }
}
