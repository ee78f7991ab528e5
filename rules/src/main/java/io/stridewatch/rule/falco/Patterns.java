package io.stridewatch.rule.falco;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Falco's patterns as regular expressions of RE2 that match anywhere. */
final class Patterns {
  private static final String PERL = "\\(\\?|\\\\[dDsSwWbBpPCAzQE]";
  private static final String BYTE = "[\\x00-\\x7f]";

  private Patterns() {}

  /** A glob of fnmatch: the whole text, {@code * ? [ab] [!b]}, without escapes. */
  static String glob(String glob) {
    return "\\A" + globbed(glob, "(?s:.*)", BYTE) + "\\z";
  }

  private static String globbed(String glob, String any, String one) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        out.append(any);
      } else if (c == '?') {
        out.append(one);
      } else if (end > 0) {
        out.append(set(glob.substring(i + 1, end)));
        i = end;
      } else {
        out.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return out.toString();
  }

  private static String set(String inside) {
    boolean not = inside.startsWith("!");
    String chars = (not ? inside.substring(1) : inside).replaceAll("[\\\\\\[\\]^]", "\\\\$0");
    return not ? "[^" + chars + "]" : "[" + chars + "]";
  }

  /** A POSIX regular expression that the whole text must match. */
  static String whole(String regex) {
    java.util.regex.Matcher perl = java.util.regex.Pattern.compile(PERL).matcher(regex);
    if (perl.find()) {
      throw new RefusedException(
          perl.group().equals("(?")
              ? "invalid regex pattern: no argument for repetition operator: ?: POSIX has no (?"
              : "invalid regex pattern: invalid escape sequence: "
                  + (perl.group() + ": write a class such as [[:alnum:]_]"));
    }
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      String what = e.getDescription().replace("missing closing )", "missing )");
      throw new RefusedException("invalid regex pattern: " + what + ": " + regex);
    }
    return "\\A(?:" + regex + ")\\z";
  }

  /** A path or what is below it, component by component; {@code *} stays inside of one. */
  static String below(String path) {
    List<String> components = new ArrayList<>();
    for (String component : path.split("/")) {
      if (!component.isEmpty()) {
        components.add(globbed(component, "[^/]*", "[^/]"));
      }
    }
    return components.isEmpty() ? "" : "\\A/*" + String.join("/+", components) + "(?:/(?s:.*))?\\z";
  }
}
