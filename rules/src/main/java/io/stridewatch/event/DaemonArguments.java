package io.stridewatch.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the command line of dockerd: what it sets, by the names that daemon.json has for it ({@code
 * --host} is {@code hosts}). dockerd takes flags alone, so a word that is no flag is the value of
 * the flag before it. Source: dockerd's own list of flags, {@code dockerd --help}.
 */
public final class DaemonArguments {
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("host", "hosts"),
          Map.entry("H", "hosts"),
          Map.entry("authorization-plugin", "authorization-plugins"),
          Map.entry("insecure-registry", "insecure-registries"),
          Map.entry("registry-mirror", "registry-mirrors"),
          Map.entry("label", "labels"),
          Map.entry("log-opt", "log-opts"),
          Map.entry("storage-opt", "storage-opts"),
          Map.entry("add-runtime", "runtimes"),
          Map.entry("D", "debug"),
          Map.entry("l", "log-level"),
          Map.entry("G", "group"),
          Map.entry("s", "storage-driver"),
          Map.entry("p", "pidfile"),
          Map.entry("b", "bridge"),
          Map.entry("g", "data-root"));

  private DaemonArguments() {}

  /**
   * Each setting's values in order; of a flag without a value {@code true}.
   *
   * @param words the command line; the first is the program
   */
  public static Map<String, List<String>> settings(List<String> words) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (!isFlag(word)) {
        continue;
      }
      String name = name(word);
      String value = value(word, name);
      if (value == null) {
        boolean next = i + 1 < words.size() && !isFlag(words.get(i + 1));
        value = next ? words.get(++i) : "true";
      }
      settings.computeIfAbsent(KEYS.getOrDefault(name, name), key -> new ArrayList<>()).add(value);
    }
    return settings;
  }

  private static boolean isFlag(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  private static String name(String word) {
    if (!word.startsWith("--")) {
      return word.substring(1, 2);
    }
    int equals = word.indexOf('=');
    return word.substring(2, equals < 0 ? word.length() : equals);
  }

  /** What stands in the same word; null when nothing does. */
  private static String value(String word, String name) {
    String rest = word.substring((word.startsWith("--") ? 2 : 1) + name.length());
    if (rest.isEmpty()) {
      return null;
    }
    return rest.startsWith("=") ? rest.substring(1) : rest;
  }
}
