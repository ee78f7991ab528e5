package io.stridewatch.collector.docker;

import io.stridewatch.JsonLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps credentials out of a call: what is logged in with, swarm's keys and tokens, secrets and
 * configs as a whole, a volume's passwords, a build's arguments. All other bytes stay as they came.
 * An engine leaves out {@code X-Registry-Auth} and {@code -Config} itself; other headers that carry
 * credentials it does not.
 */
final class AuthzMask {
  private static final String MASK = "***";
  private static final Pattern SECRET = Pattern.compile("/auth|/(secrets|configs)/.*|/swarm/.*");
  private static final Pattern PASSWORD = Pattern.compile("(?i)passw|credential");
  private static final Set<String> HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  private final AuthzMembers members;
  private final String path;
  private final String uri;
  private final List<Change> changes = new ArrayList<>();

  private record Change(String place, AuthzMembers.Place at, String text) {}

  AuthzMask(AuthzMembers members, String path, String uri) {
    this.members = members;
    this.path = path;
    this.uri = uri;
    uri();
    body("RequestBody");
    body("ResponseBody");
    headers("RequestHeaders");
    headers("ResponseHeaders");
  }

  private void uri() {
    String masked = AuthzUri.masked(uri);
    if (!masked.equals(uri)) {
      change("RequestUri", members.places().get("RequestUri"), masked);
    }
  }

  private void body(String key) {
    if (members.has(key) && (SECRET.matcher(path).matches() || password(members.text(key)))) {
      change(key, members.places().get(key), MASK);
    }
  }

  /** A volume's options say how its server is logged in to. */
  private boolean password(String base64) {
    if (base64 == null || !path.equals("/volumes/create")) {
      return false;
    }
    try {
      byte[] body = Base64.getDecoder().decode(base64);
      return PASSWORD.matcher(new String(body, StandardCharsets.UTF_8)).find();
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private void headers(String key) {
    for (Map.Entry<String, AuthzMembers.Place> header : members.within(key).places().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (HEADERS.contains(name) || name.startsWith("x-registry-")) {
        change(key + "." + header.getKey(), header.getValue(), MASK);
      }
    }
  }

  private void change(String place, AuthzMembers.Place at, String text) {
    changes.add(new Change(place, at, text));
  }

  /** Which members were masked. */
  List<String> places() {
    return changes.stream().map(Change::place).toList();
  }

  /** The call with them masked. */
  byte[] masked() {
    byte[] json = members.json();
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
    int from = 0;
    for (Change change :
        changes.stream().sorted(Comparator.comparingInt(each -> each.at().from())).toList()) {
      out.write(json, from, change.at().from() - from);
      out.writeBytes(
          new JsonLine().text(change.text()).toString().getBytes(StandardCharsets.UTF_8));
      from = change.at().to();
    }
    out.write(json, from, json.length - from);
    return out.toByteArray();
  }
}
