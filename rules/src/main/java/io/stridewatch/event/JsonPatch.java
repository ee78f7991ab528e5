package io.stridewatch.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON patch (RFC 6902) seen as the pieces of the object that it writes: {@code
 * {"op":"add","path":"/spec/hostPID","value":true}} is {@code {"spec":{"hostPID":true}}}, so that
 * what reads objects reads patches too. {@code move} and {@code copy} show no value and are left
 * out.
 */
final class JsonPatch {
  private JsonPatch() {}

  /** One object for each operation that writes a value. */
  static List<Json> written(Json patch) {
    List<Json> written = new ArrayList<>();
    for (Json operation : patch.elements()) {
      String op = operation.last("op");
      String pointer = operation.last("path");
      if (pointer != null && ("add".equals(op) || "replace".equals(op))) {
        for (Json value : operation.nodes("value")) {
          written.add(at(pointer, value));
        }
      }
    }
    return written;
  }

  private static Json at(String pointer, Json value) {
    String[] names = pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
    if (names.length > JsonScanner.MAX_DEPTH) {
      return value;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    StringBuilder close = new StringBuilder();
    for (String name : names) {
      boolean element = name.equals("-") || name.matches("[0-9]+");
      text.writeBytes(utf8(element ? "[" : "{" + quoted(name) + ":"));
      close.insert(0, element ? ']' : '}');
    }
    text.writeBytes(value.bytes());
    text.writeBytes(utf8(close.toString()));
    return new Json(text.toByteArray(), 0);
  }

  /** A name of a JSON pointer (RFC 6901) as a JSON string. */
  private static String quoted(String name) {
    String key = name.replace("~1", "/").replace("~0", "~");
    return "\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
