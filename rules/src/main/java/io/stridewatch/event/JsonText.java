package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON values as text, as Falco's plug-ins give them (valyala/fastjson): a string's characters, of
 * anything else its JSON without blanks, keys and escapes as sent. Of a key given twice the first
 * counts.
 */
final class JsonText {
  private JsonText() {}

  /** What the keys lead to, one after another; null when they lead nowhere. */
  static Json at(Json from, List<String> keys) {
    Json at = from;
    for (int i = 0; i < keys.size() && at != null; i++) {
      at = at.child(keys.get(i));
    }
    return at;
  }

  /**
   * The same, but an array on the way stands for each of its elements, or for the one of {@code
   * index} if that is not negative. An empty key stays where it is.
   *
   * @return null when the keys lead nowhere; elements are null where they do so for one alone
   */
  static List<Json> all(Json from, int index, List<String> keys) {
    Json at = from;
    for (int i = 0; i < keys.size(); i++) {
      if (at.isArray()) {
        List<Json> elements = at.elements();
        if (index < 0) {
          return each(elements, keys.subList(i, keys.size()));
        }
        if (index >= elements.size()) {
          return null;
        }
        at = elements.get(index);
      }
      at = keys.get(i).isEmpty() ? at : at.child(keys.get(i));
      if (at == null) {
        return null;
      }
    }
    return List.of(at);
  }

  private static List<Json> each(List<Json> elements, List<String> keys) {
    List<Json> all = new ArrayList<>();
    for (Json element : elements) {
      List<Json> some = all(element, -1, keys);
      if (some == null) {
        all.add(null);
      } else {
        all.addAll(some);
      }
    }
    return all;
  }

  /** A value as text. A NUL ends a string; half a surrogate pair stays the escape that it was. */
  static String of(Json value) {
    switch (value.kind()) {
      case '{', '[':
        return compact(value);
      case '"':
        return whole(upToNul(value.scalar()));
      default:
        return value.scalar();
    }
  }

  /** The same for several, absent ones left out. */
  static List<String> of(List<Json> values) {
    List<String> texts = new ArrayList<>(values.size());
    for (Json value : values) {
      if (value != null) {
        texts.add(of(value));
      }
    }
    return texts;
  }

  static String upToNul(String text) {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  private static String whole(String text) {
    StringBuilder whole = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair && whole == null) {
        whole = new StringBuilder(text.substring(0, i));
      }
      if (whole != null) {
        whole.append(
            Character.isSurrogate(c) && !pair ? String.format("\\u%04x", (int) c) : "" + c);
      }
      if (pair) {
        i++;
        if (whole != null) {
          whole.append(text.charAt(i));
        }
      }
    }
    return whole == null ? text : whole.toString();
  }

  private static String compact(Json value) {
    byte[] json = value.bytes();
    byte[] out = new byte[json.length];
    int length = 0;
    boolean quoted = false;
    for (int i = 0; i < json.length; i++) {
      if (quoted && json[i] == '\\') {
        out[length++] = json[i++];
      } else if (json[i] == '"') {
        quoted = !quoted;
      }
      if (quoted || !JsonWalk.isBlank(json[i])) {
        out[length++] = json[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  /** JSON on many lines, two blanks a level, as Go's {@code json.Indent} writes it. */
  static String indented(Json value) {
    StringBuilder out = new StringBuilder();
    String json = compact(value);
    boolean quoted = false;
    int level = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted) {
        out.append(c);
        if (c == '\\') {
          out.append(json.charAt(++i));
        }
        quoted = c != '"';
      } else if (c == '{' || c == '[') {
        boolean empty = json.charAt(i + 1) == c + 2;
        out.append(empty ? json.substring(i, i + 2) : c + line(++level));
        i += empty ? 1 : 0;
      } else if (c == '}' || c == ']') {
        out.append(line(--level)).append(c);
      } else {
        out.append(c).append(c == ',' ? line(level) : c == ':' ? " " : "");
        quoted = c == '"';
      }
    }
    return out.toString();
  }

  private static String line(int level) {
    return "\n" + "  ".repeat(level);
  }
}
