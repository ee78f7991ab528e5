package io.stridewatch.event;

/**
 * Secrets among the arguments of an image's build, as its history and the containers of its steps
 * tell them: {@code ARG NAME=VALUE}, and {@code |2 A=x B=y /bin/sh -c ...} before a RUN. Their
 * names are often one letter, so a value that calls itself a secret is taken at its word.
 */
final class BuildArguments {
  private static final String ARGUMENT = "ARG ";
  private static final int SHORTEST = 8;

  private BuildArguments() {}

  static void find(String text, Found found) {
    int argument = text.indexOf(ARGUMENT);
    if (argument == 0 || argument > 0 && text.contains("#(nop)")) {
      assigned(text, argument + ARGUMENT.length(), found);
    } else if (text.startsWith("|") || text.startsWith("RUN |")) {
      run(text, text.indexOf(' ', text.indexOf('|')) + 1, found);
    }
  }

  /** As long as words assign: the command follows. */
  private static void run(String text, int first, Found found) {
    int from = first;
    while (from > 0 && from < text.length() && text.charAt(from) != '/') {
      from = assigned(text, from, found) + 1;
    }
  }

  /** Gives the end of the word that begins there. */
  private static int assigned(String text, int from, Found found) {
    int blank = text.indexOf(' ', from);
    int end = blank < 0 ? text.length() : blank;
    int equals = text.indexOf('=', from);
    if (equals >= 0 && equals < end && isUntold(text.substring(from, equals))) {
      String value = text.substring(equals + 1, end);
      String kind = calledItself(value);
      if (kind != null) {
        found.secret(equals + 1, end, kind);
      }
    }
    return end;
  }

  private static boolean isUntold(String name) {
    return SecretName.kind(name) == null && !SecretName.isAbout(name);
  }

  /** By its last word of several, where it is neither a path nor a reference; else null. */
  private static String calledItself(String value) {
    int last = Math.max(value.lastIndexOf('-'), value.lastIndexOf('_'));
    while (last > 0 && value.substring(last + 1).chars().allMatch(Character::isDigit)) {
      last = Math.max(value.lastIndexOf('-', last - 1), value.lastIndexOf('_', last - 1));
    }
    boolean plain = value.chars().noneMatch(c -> "/:$@{<".indexOf(c) >= 0);
    boolean may = last > 0 && plain && value.length() >= SHORTEST;
    return may ? SecretName.kind(value.substring(last + 1)) : null;
  }
}
