package io.stridewatch.engine;

import io.stridewatch.rule.Network;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What rules' constants become when they are read, once for each constant of the program's rules:
 * as many as the rules have, so nothing is thrown away.
 */
final class Constants {
  private static final Map<String, Regex> REGEXES = new ConcurrentHashMap<>();
  private static final Map<String, Network> NETWORKS = new ConcurrentHashMap<>();
  private static final Map<String, Glob> GLOBS = new ConcurrentHashMap<>();
  private static final Map<String, Glob> CASED_GLOBS = new ConcurrentHashMap<>();

  private Constants() {}

  static Regex regex(String text) {
    return once(REGEXES, text, Regex::new);
  }

  static Network network(String text) {
    return once(NETWORKS, text, Network::of);
  }

  static Glob glob(String text, boolean cased) {
    return once(cased ? CASED_GLOBS : GLOBS, text, pattern -> new Glob(pattern, cased));
  }

  private static <T> T once(Map<String, T> known, String text, Function<String, T> reading) {
    T read = known.get(text);
    return read != null ? read : known.computeIfAbsent(text, reading);
  }
}
