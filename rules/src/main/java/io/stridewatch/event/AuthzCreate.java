package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * An authorisation plug-in's AuthZRes call of {@code POST /containers/create}: the request's body
 * and the engine's answer, in base64.
 */
final class AuthzCreate {
  private final Json call;

  AuthzCreate(Json call) {
    this.call = call;
  }

  /** The ids that the answer tells; none when it tells none. */
  List<String> made() {
    byte[] answer = decoded("ResponseBody");
    try {
      return answer == null ? List.of() : Json.of(answer).values("Id");
    } catch (UnreadableRecordException e) {
      return List.of();
    }
  }

  /**
   * What was asked for, in the shape of an inspect answer; null when the body is missing (beyond 1
   * MiB the engine leaves it out) or can't be read.
   */
  Json asked() {
    byte[] body = decoded("RequestBody");
    try {
      return body == null ? null : CreateRequest.inspectShape(utf8(body));
    } catch (UnreadableRecordException e) {
      return null;
    }
  }

  /** Go reads malformed bytes as U+FFFD. */
  private static byte[] utf8(byte[] body) {
    return new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] decoded(String key) {
    String base64 = call.last(key);
    try {
      return base64 == null ? null : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
