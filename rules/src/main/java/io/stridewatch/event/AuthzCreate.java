package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * An authorisation plug-in's AuthZRes call of {@code POST /containers/create} or of a start: the
 * request's body and the engine's answer, in base64.
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
    return shape(decoded("RequestBody"));
  }

  /** The same of a start, whose body is a host configuration (API below 1.24). */
  Json askedAtStart() {
    byte[] body = decoded("RequestBody");
    if (body == null || body.length == 0) {
      return null;
    }
    ByteArrayOutputStream create = new ByteArrayOutputStream(body.length + 20);
    create.writeBytes("{\"HostConfig\":".getBytes(StandardCharsets.UTF_8));
    create.writeBytes(body);
    create.write('}');
    return shape(create.toByteArray());
  }

  private static Json shape(byte[] body) {
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
