package io.stridewatch.collector.docker;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.JsonSlices;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One call of the engine to its authorisation plug-in (moby, pkg/authorization/api.go), with its
 * secrets masked: before a request of a client ({@code AuthZReq}) or after it ({@code AuthZRes}).
 *
 * @param call {@code AuthZReq} or {@code AuthZRes}
 * @param nanos when it came
 * @param method of the client's request
 * @param path of the client's request as the engine takes it: percent-encoding undone, without
 *     version and query
 * @param made the id of the object that the request made, "" when the call tells none
 * @param bodyless whether the engine kept back a body that says what is asked for
 * @param masked which members were masked
 * @param body the call, otherwise as it came, on one line
 * @param size bytes that it had when it came
 * @param pair what the two calls of one request have in common: there is no id
 */
record AuthzCall(
    String call,
    long nanos,
    String method,
    String path,
    String made,
    boolean bodyless,
    List<String> masked,
    byte[] body,
    int size,
    String pair) {
  static final String ASKED = "AuthZReq";
  static final String ANSWERED = "AuthZRes";

  private static final String CREATE = "/containers/create";
  private static final String KEPT_BACK =
      "the engine tells no body: it is greater than 1 MiB, or not sent as JSON";
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Asked with POST, and yet nothing is another thing afterwards. */
  private static final Pattern HARMLESS =
      Pattern.compile("/containers/[^/]+/(wait|resize)|/exec/[^/]+/resize");

  /** Asked with GET, and yet somebody types into a container. */
  private static final Pattern WEBSOCKET = Pattern.compile("/containers/.+/attach/ws");

  /**
   * Reads a call.
   *
   * @throws UnreadableRecordException when it isn't JSON or names no request
   */
  static AuthzCall read(String call, long nanos, byte[] json) {
    AuthzMembers members = AuthzMembers.of(json);
    String method = members.text("RequestMethod");
    String uri = members.text("RequestUri");
    if (method == null || uri == null) {
      throw new UnreadableRecordException("JSON, but no call to an authorisation plug-in");
    }
    String path = AuthzUri.path(uri);
    String pair = String.join("\0", method, uri, members.fingerprint("RequestBody"));
    boolean bodyless =
        !members.has("RequestBody")
            && method.equals("POST")
            && (path.equals(CREATE) || members.announcesJson());
    String made = method.equals("POST") ? id(members.text("ResponseBody")) : "";
    AuthzMask mask = new AuthzMask(members, path, uri);
    byte[] body = mask.masked();
    return new AuthzCall(
        call, nanos, method, path, made, bodyless, mask.places(), body, json.length, pair);
  }

  private static String id(String base64) {
    try {
      String id = base64 == null ? null : AuthzMembers.of(decoded(base64)).text("Id");
      return id == null ? "" : id;
    } catch (UnreadableRecordException e) {
      return "";
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecordException("not base64");
    }
  }

  /** Whether the request may change something. */
  boolean changes() {
    return READING.contains(method)
        ? WEBSOCKET.matcher(path).matches()
        : !HARMLESS.matcher(path).matches();
  }

  /** Whether the request makes a container. */
  boolean create() {
    return method.equals("POST") && path.equals(CREATE);
  }

  boolean answered() {
    return call.equals(ANSWERED);
  }

  /** The line behind the create event of the container that it made. */
  byte[] fact() {
    JsonLine fact = new JsonLine().open('{').key("fact").text("authz");
    fact.key("asked").text(Times.text(Times.ofNanos(nanos)));
    return ended(fact, "body");
  }

  /**
   * Its record's raw value: in the form of an event of the engine's, of type {@code authz}, with
   * the request as its action and the call in its member {@code call}.
   */
  byte[] record() {
    JsonLine event = new JsonLine().open('{').key("Type").text("authz");
    event.key("Action").text(method + " " + path).key("Actor").open('{');
    event.key("ID").text(made.isEmpty() ? named() : made);
    event.key("Attributes").open('{').close('}').close('}').key("scope").text("local");
    event.key("time").number(nanos / 1_000_000_000L).key("timeNano").number(nanos);
    return ended(event.key("hook").text(call), "call");
  }

  /** {@code web} of {@code /containers/web/exec}. */
  private String named() {
    String[] parts = path.split("/", 4);
    return parts.length > 2 ? parts[2] : "";
  }

  private byte[] ended(JsonLine line, String key) {
    if (!masked.isEmpty()) {
      line.key("masked").texts(masked);
    }
    if (bodyless) {
      line.key("missing").text(KEPT_BACK);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 300);
    out.writeBytes((line + ",\"" + key + "\":").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(JsonSlices.oneLine(body, 0, body.length));
    out.write('}');
    return out.toByteArray();
  }
}
