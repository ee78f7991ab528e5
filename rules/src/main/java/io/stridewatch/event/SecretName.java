package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a name of a variable, label, flag or member tells of its value, by whole words: {@code
 * DB_PASSWORD}, {@code clientSecret} and {@code --api-key} hold one, {@code PASSWORD_FILE}, {@code
 * tokenExpirationSeconds} and {@code secretName} speak of one.
 */
final class SecretName {
  /** The weakest of the kinds: only a value that looks random is one. */
  static final String KEY = "key";

  private static final int LONGEST = 200;

  /** With one of these at its end a name is about a secret, its value none. */
  private static final Set<String> ABOUT =
      Set.of(
          ("file path dir directory folder url uri endpoint host port name names id ids length size"
                  + " min max ttl expiry expires expiration seconds minutes hours days timeout age"
                  + " policy type types kind mode class enabled disabled required version count ref"
                  + " refs algorithm alg issuer audience audiences user username provider"
                  + " namespace mount rotation prefix suffix scheme format field env list store"
                  + " manager project accessor review reviews request requests stdin prompt"
                  + " location source sha1 sha256 sha512 md5 digest checksum fingerprint login"
                  + " created updated at by limit limits threshold role roles group groups hint"
                  + " schema target subject credential account")
              .split(" "));

  /** With one of these before {@code key} it is the key to something. */
  private static final Set<String> KEYS =
      Set.of(
          ("api access secret private encryption signing account master deploy ssh shared auth app"
                  + " storage session service host tls ssl")
              .split(" "));

  private static final Set<String> PASSES = Set.of("userpass", "dbpass", "rootpass", "adminpass");

  private static final TextMemory<String> KINDS = new TextMemory<>();

  private SecretName() {}

  /** {@code password}, {@code token}, {@code secret}...; null when the name doesn't tell. */
  static String kind(String name) {
    boolean may = !name.isEmpty() && name.length() <= LONGEST;
    return may ? KINDS.of(name, SecretName::told) : null;
  }

  /** Whether the name's last word says that its value is something about another thing. */
  static boolean isAbout(String name) {
    List<String> words = words(name);
    return !words.isEmpty() && ABOUT.contains(words.get(words.size() - 1));
  }

  private static String told(String name) {
    List<String> words = words(name);
    String last = words.isEmpty() ? "" : words.get(words.size() - 1);
    return ABOUT.contains(last) ? null : kind(words, last);
  }

  private static String kind(List<String> words, String last) {
    String kind = null;
    for (int i = 0; i < words.size() && kind == null; i++) {
      kind = kind(words.get(i), i == words.size() - 1, words.size() > 1);
    }
    if (kind == null && last.equals("auth")) {
      return KEY;
    }
    if (kind != null || !last.endsWith(KEY)) {
      return kind;
    }
    String before = last.equals(KEY) ? word(words, words.size() - 2) : last.replace(KEY, "");
    if (before.equals("public")) {
      return null;
    }
    return KEYS.contains(before) ? before + " key" : KEY;
  }

  private static String word(List<String> words, int index) {
    return index < 0 ? "" : words.get(index);
  }

  private static String kind(String word, boolean last, boolean oneOfMany) {
    if (word.endsWith("password") || word.endsWith("passwd") || word.equals("passphrase")) {
      return "password";
    }
    if (last && (word.equals("pass") || word.equals("pw") || word.equals("passcode"))) {
      return "password";
    }
    if (last && oneOfMany && word.equals("pwd") || PASSES.contains(word)) {
      return "password";
    }
    if (word.endsWith("token") || last && (word.equals("tok") || oneOfMany && word.equals("pat"))) {
      return "token";
    }
    if (word.endsWith("secret")) {
      return "secret";
    }
    boolean credentials = word.equals("credentials") || word.equals("creds");
    return credentials || word.equals("authorization") ? "credentials" : null;
  }

  /** In lower case: parted by what is no letter or digit, and before an upper-case letter. */
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>(4);
    int from = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean end = i == name.length() || !letterOrDigit(name.charAt(i));
      if (end || i > from && upper(name.charAt(i)) && !upper(name.charAt(i - 1))) {
        add(words, name.substring(from, i));
        from = end ? i + 1 : i;
      }
    }
    return words;
  }

  /** Numbers don't count: {@code password2} is one, too. */
  private static void add(List<String> words, String word) {
    int end = word.length();
    while (end > 0 && word.charAt(end - 1) <= '9') {
      end--;
    }
    if (end > 0) {
      String lower = word.toLowerCase(Locale.ROOT);
      words.add(isDigest(lower, end) ? lower : lower.substring(0, end));
    }
  }

  /** {@code sha256} and the like: its digits, from {@code end} on, are part of its name. */
  private static boolean isDigest(String word, int end) {
    return word.equals("md5") || end == 3 && end < word.length() && word.startsWith("sha");
  }

  private static boolean upper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean letterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || upper(c) || c >= '0' && c <= '9';
  }
}
