package io.stridewatch.rule.falco;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names of lists that stand where a text is meant, and are replaced all the same. */
final class ListNames {
  private ListNames() {}

  /** One line each. */
  static List<String> odd(String condition, Set<String> names) {
    List<String> found = new ArrayList<>();
    for (String name : names) {
      int at = name.isEmpty() ? -1 : condition.indexOf(name);
      while (at >= 0) {
        String hint = hint(condition, name, at);
        if (hint != null && !found.contains(hint)) {
          found.add(hint);
        }
        at = condition.indexOf(name, at + name.length());
      }
    }
    return found;
  }

  private static String hint(String condition, String name, int at) {
    int end = at + name.length();
    if (!Lists.isBound(condition, at - 1) || !Lists.isBound(condition, end)) {
      return null;
    }
    if (isQuoted(condition, at)) {
      return "the list "
          + name
          + " takes the place of its name within a quoted text: give the list another name";
    }
    return condition.substring(0, at).stripTrailing().endsWith("=")
        ? "= "
            + name
            + " means what stands in the list of that name: write in ("
            + name
            + "), or \""
            + name
            + "\" for the text"
        : null;
  }

  private static boolean isQuoted(String condition, int at) {
    char quote = 0;
    for (int i = 0; i < at; i++) {
      char c = condition.charAt(i);
      if (c == '\\' && quote != 0) {
        i++;
      } else if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
        quote = quote == 0 ? c : 0;
      }
    }
    return quote != 0;
  }
}
