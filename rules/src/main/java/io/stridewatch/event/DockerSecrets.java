package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.util.List;
import java.util.Set;

/** Where the engine's events, its answers and its plug-in's calls may hold secrets. */
final class DockerSecrets implements SecretPlaces {
  private static final Set<String> IDS =
      Set.of(
          "id",
          "image",
          "imageid",
          "parent",
          "hostname",
          "container",
          "execid",
          "from",
          "name",
          "digest",
          "networkid",
          "sandboxid",
          "endpointid",
          "spec",
          "mountpoint",
          "driver");

  private static final Set<String> WORDS =
      Set.of(
          "cmd[]",
          "entrypoint[]",
          "args[]",
          "command[]",
          "arguments[]",
          "test[]",
          "shell[]",
          "onbuild[]",
          "path",
          "entrypoint");

  private static final Set<String> COMMANDS =
      Set.of("createdby", "created_by", "comment", "action", "status", "cmd", "command");

  private static final Set<String> CREDENTIALS =
      Set.of("x-registry-auth", "x-registry-config", "authorization", "identitytoken");

  private static final SecretPath TOP = SecretPath.top(new DockerSecrets());

  private DockerSecrets() {}

  /** Adds those of a record: of the event's line, then of each fact's. */
  static void find(byte[] raw, List<Secret> secrets) {
    for (int from = 0; from < raw.length; ) {
      int end = ByteSearch.indexOf((byte) '\n', raw, from, raw.length);
      line(raw, from, end, secrets);
      from = end + 1;
    }
  }

  private static void line(byte[] raw, int from, int to, List<Secret> secrets) {
    try {
      Json line = Json.object(raw, from, to);
      String fact = line.last("fact");
      if (fact == null) {
        JsonSecrets.find(line, "", TOP, secrets);
      } else {
        line.nodes("changed").forEach(was -> JsonSecrets.find(was, "changed", TOP, secrets));
        line.nodes("body").forEach(body -> JsonSecrets.find(body, fact, TOP, secrets));
      }
    } catch (UnreadableRecordException e) {
      Secrets.inText(Spelled.plain(raw, from, to), "line", secrets);
    }
  }

  @Override
  public Reading reading(String path) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    if (path.contains("labels.")) {
      return Reading.SETTINGS;
    }
    if (key.equals("env[]")) {
      return Reading.ASSIGNMENT;
    }
    if (WORDS.contains(key)) {
      return Reading.WORDS;
    }
    if (key.equals("requestbody") || key.equals("responsebody")) {
      return Reading.BASE64;
    }
    if (key.equals("requesturi")) {
      return Reading.URI;
    }
    if (COMMANDS.contains(key)) {
      return Reading.COMMAND;
    }
    return CREDENTIALS.contains(key) ? Reading.SECRET : named(path, key);
  }

  /** Labels and options are named by whoever made them. */
  private static Reading named(String path, String key) {
    boolean free =
        path.contains("attributes.")
            || path.contains("options.")
            || path.contains("driveropts.")
            || path.contains("log-opts")
            || path.contains("logconfig.config.")
            || path.contains("buildargs");
    if (free && !(path.contains("attributes.") && IDS.contains(key))) {
      return Reading.SETTINGS;
    }
    return IDS.contains(key) ? Reading.NOTHING : Reading.MEMBER;
  }

  @Override
  public String words(String path, String name) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    if (path.contains("labels.") || path.contains("attributes.")) {
      return "label " + name;
    }
    if (key.equals("env[]")) {
      return "environment " + name;
    }
    if (key.equals("createdby") || key.equals("created_by")) {
      return "image history";
    }
    boolean command = WORDS.contains(key) || COMMANDS.contains(key);
    return command ? "command" : "option " + name;
  }
}
