package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Secrets that a command's words hold by their place: behind a flag whose name tells ({@code
 * --password x}), or behind the short one that a known program takes them with ({@code mysql -px},
 * {@code curl -u user:x}). One pass; one use.
 */
final class SecretWords {
  /** Takes a secret by its word's index and its place in that word. */
  @FunctionalInterface
  interface FoundInWord {
    void secret(int word, int from, int to, String kind);
  }

  /** How a program takes a password: after which flags; whether only stuck to them. */
  private record Habit(Set<String> flags, boolean stuckOnly, boolean afterLogin, boolean pair) {}

  private static final Habit MYSQL = new Habit(Set.of("-p"), true, false, false);
  private static final Habit LOGIN = new Habit(Set.of("-p"), false, true, false);
  private static final Habit P = new Habit(Set.of("-p"), false, false, false);
  private static final Habit UPPER_P = new Habit(Set.of("-P"), false, false, false);
  private static final Habit PAIR = new Habit(Set.of("-u", "-U"), false, false, true);
  private static final Habit PAIR_LONG =
      new Habit(Set.of("--user", "--proxy-user"), false, false, true);
  private static final Habit W = new Habit(Set.of("-w"), false, false, false);

  private static final Map<String, List<Habit>> HABITS =
      Map.ofEntries(
          Map.entry("mysql", List.of(MYSQL)),
          Map.entry("mysqldump", List.of(MYSQL)),
          Map.entry("mysqladmin", List.of(MYSQL)),
          Map.entry("mysqlimport", List.of(MYSQL)),
          Map.entry("mysqlshow", List.of(MYSQL)),
          Map.entry("mysqlcheck", List.of(MYSQL)),
          Map.entry("mysqlsh", List.of(MYSQL)),
          Map.entry("mariadb", List.of(MYSQL)),
          Map.entry("mariadb-dump", List.of(MYSQL)),
          Map.entry("mariadb-admin", List.of(MYSQL)),
          Map.entry("7z", List.of(MYSQL)),
          Map.entry("7za", List.of(MYSQL)),
          Map.entry("sshpass", List.of(P)),
          Map.entry("mongo", List.of(P)),
          Map.entry("mongosh", List.of(P)),
          Map.entry("mongodump", List.of(P)),
          Map.entry("mongorestore", List.of(P)),
          Map.entry("docker", List.of(LOGIN)),
          Map.entry("podman", List.of(LOGIN)),
          Map.entry("nerdctl", List.of(LOGIN)),
          Map.entry("buildah", List.of(LOGIN)),
          Map.entry("skopeo", List.of(LOGIN)),
          Map.entry("helm", List.of(LOGIN)),
          Map.entry("oras", List.of(LOGIN)),
          Map.entry("crane", List.of(LOGIN)),
          Map.entry("az", List.of(LOGIN)),
          Map.entry("argocd", List.of(LOGIN)),
          Map.entry("oc", List.of(LOGIN)),
          Map.entry("redis-cli", List.of(new Habit(Set.of("-a"), false, false, false))),
          Map.entry("curl", List.of(PAIR, PAIR_LONG)),
          Map.entry("ldapsearch", List.of(W)),
          Map.entry("ldapmodify", List.of(W)),
          Map.entry("ldapadd", List.of(W)),
          Map.entry("sqlcmd", List.of(UPPER_P)),
          Map.entry("zip", List.of(UPPER_P)),
          Map.entry("unzip", List.of(UPPER_P)),
          Map.entry("ipmitool", List.of(UPPER_P)));

  private static final String PARTING = " \t\n\r\"'`;|()<>,[]";

  /** Docker's flag takes the name of a secret. */
  private static final String NAMES_ONE = "--secret";

  private final List<String> words;
  private final FoundInWord found;
  private List<Habit> habits = List.of();
  private boolean login;

  private SecretWords(List<String> words, FoundInWord found) {
    this.words = words;
    this.found = found;
  }

  /** In an argument vector: each word is looked into as well. */
  static void inArguments(List<String> words, FoundInWord found) {
    for (int i = 0; i < words.size(); i++) {
      int word = i;
      String text = words.get(i);
      int dashes = text.startsWith("--") ? 2 : text.startsWith("-") ? 1 : 0;
      int equals = text.indexOf('=');
      boolean assigns = equals > 0 && text.substring(0, equals).chars().noneMatch(c -> c <= ' ');
      Found inWord = (from, to, kind) -> found.secret(word, from + dashes, to + dashes, kind);
      if (assigns) {
        SecretText.inAssignment(text.substring(dashes), inWord);
      } else {
        SecretText.inCommand(text.substring(dashes), inWord);
      }
    }
    new SecretWords(words, found).scan();
  }

  /** In a command line, whose quotes may hold one word with blanks or a command of its own. */
  static void inText(String text, Found found) {
    inText(text, false, found);
    if (text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) {
      inText(text, true, found);
    }
  }

  private static void inText(String text, boolean quoting, Found found) {
    List<String> words = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    int from = 0;
    char quote = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ' ' : text.charAt(i);
      boolean within = quote != 0 && c != quote && i < text.length();
      if (!within && PARTING.indexOf(c) >= 0) {
        quote = quoting && quote == 0 && (c == '"' || c == '\'') ? c : 0;
        if (i > from) {
          words.add(text.substring(from, i));
          starts.add(from);
        }
        from = i + 1;
      }
    }
    FoundInWord inWord =
        (word, start, end, kind) ->
            found.secret(starts.get(word) + start, starts.get(word) + end, kind);
    new SecretWords(words, inWord).scan();
  }

  private void scan() {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.length() > 1 && word.charAt(0) == '-') {
        flag(i, word);
      } else if (word.startsWith("pass:") && word.length() > 5) {
        found.secret(i, 5, word.length(), "password");
      } else {
        login |= word.equals("login");
        habits = HABITS.getOrDefault(word.substring(word.lastIndexOf('/') + 1), habits);
      }
    }
  }

  private void flag(int index, String flag) {
    for (Habit habit : habits) {
      if (!habit.afterLogin || login) {
        byHabit(index, flag, habit);
      }
    }
    boolean alone = flag.indexOf('=') < 0 && !flag.equals(NAMES_ONE);
    String kind = alone ? SecretName.kind(flag) : null;
    if (kind != null && index + 1 < words.size()) {
      String next = words.get(index + 1);
      if (!next.startsWith("-") && SecretValue.isOne(kind, next)) {
        found.secret(index + 1, 0, next.length(), kind);
      }
    }
  }

  private void byHabit(int index, String flag, Habit habit) {
    if (habit.flags.contains(flag)) {
      if (!habit.stuckOnly && index + 1 < words.size()) {
        told(index + 1, 0, words.get(index + 1), habit);
      }
    } else if (flag.length() > 2 && habit.flags.contains(flag.substring(0, 2))) {
      told(index, 2, flag, habit);
    } else if (habit.pair && habit.flags.stream().anyMatch(known -> flag.startsWith(known + "="))) {
      told(index, flag.indexOf('=') + 1, flag, habit);
    }
  }

  /** Of {@code user:password} only what is behind the colon. */
  private void told(int index, int from, String word, Habit habit) {
    int start = habit.pair ? word.indexOf(':', from) + 1 : from;
    boolean value = !habit.pair || start > 0;
    if (value && start < word.length() && SecretValue.isOne("password", word.substring(start))) {
      found.secret(index, start, word.length(), "password");
    }
  }
}
