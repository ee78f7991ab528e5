package io.stridewatch.rule;

import java.util.Set;
import java.util.regex.Pattern;

/** Texts as scalars of YAML 1.1, bare where that is safe, so that each is read as it was. */
final class YamlText {
  private static final Pattern BARE =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./()|-]*( [A-Za-z0-9_./()|-]+)*");

  /** Words that YAML takes for truth values or null. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private YamlText() {}

  static String of(String text) {
    if (BARE.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))) {
      return text;
    }
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return plain ? "'" + text.replace("'", "''") + "'" : escaped(text);
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }
}
