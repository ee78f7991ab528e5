package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Secrets in text that somebody wrote: by their shape, and by a name before them ({@code
 * password=x}, {@code "token": "x"}, {@code <password>x</password>}). One pass each; one use.
 */
final class SecretText {
  private static final String QUOTES = "\"'";
  private static final List<String> SCHEMES = List.of("Basic ", "Bearer ", "Token ");
  private static final int BLANKS = 4;

  /** A longer value that is no secret itself holds none either: so time stays linear. */
  private static final int LOOKED_INTO = 256;

  private static final TextMemory<Boolean> CLEAN_COMMANDS = new TextMemory<>();
  private static final TextMemory<Boolean> CLEAN_LINES = new TextMemory<>();

  private final String text;
  private final boolean lines;
  private final Found found;

  private SecretText(String text, boolean lines, Found found) {
    this.text = text;
    this.lines = lines;
    this.found = found;
  }

  /** In a command or one of its words, where a value ends at a blank. */
  static void inCommand(String text, Found found) {
    if (!CLEAN_COMMANDS.of(text, command -> holdsNone(command, false))) {
      search(text, false, found);
    }
  }

  /** In a file of settings, where a value ends with its line. */
  static void inLines(String text, Found found) {
    if (!CLEAN_LINES.of(text, settings -> holdsNone(settings, true))) {
      search(text, true, found);
    }
  }

  private static boolean holdsNone(String text, boolean lines) {
    boolean[] none = {true};
    search(text, lines, (from, to, kind) -> none[0] = false);
    return none[0];
  }

  private static void search(String text, boolean lines, Found found) {
    SecretShapes.find(text, found);
    new SecretText(text, lines, found).assignments();
    SecretWords.inText(text, found);
    BuildArguments.find(text, found);
  }

  /** In {@code NAME=VALUE}, where the value is all that follows. */
  static void inAssignment(String text, Found found) {
    int equals = text.indexOf('=');
    String kind = equals < 0 ? null : SecretName.kind(text.substring(0, equals));
    if (kind != null && SecretValue.isOne(kind, text.substring(equals + 1))) {
      found.secret(equals + 1, text.length(), kind);
    } else {
      inLines(text.substring(equals + 1), moved(found, equals + 1));
    }
  }

  /** In what stands under that name. */
  static void inNamed(String name, String value, Found found) {
    String kind = SecretName.kind(name);
    if (kind != null && SecretValue.isOne(kind, value)) {
      found.secret(0, value.length(), kind);
    } else {
      inLines(value, found);
    }
  }

  static Found moved(Found found, int by) {
    return (from, to, kind) -> found.secret(from + by, to + by, kind);
  }

  /**
   * The text with each secret in it replaced.
   *
   * @return the same text when it holds none
   */
  static String masked(String text) {
    List<int[]> places = new ArrayList<>(1);
    inCommand(text, (from, to, kind) -> places.add(new int[] {from, to}));
    if (places.isEmpty()) {
      return text;
    }
    places.sort((a, b) -> Integer.compare(a[0], b[0]));
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int[] place : places) {
      if (place[0] >= copied) {
        masked.append(text, copied, place[0]).append("***");
      }
      copied = Math.max(copied, place[1]);
    }
    return masked.append(text, copied, text.length()).toString();
  }

  private void assignments() {
    int i = 0;
    while (i < text.length()) {
      if (isName(text.charAt(i))) {
        int end = i;
        while (end < text.length() && isName(text.charAt(end))) {
          end++;
        }
        i = Math.max(end, assigned(i, end));
      } else {
        i++;
      }
    }
  }

  private static boolean isName(char c) {
    return SecretName.letterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  /** Where the value ends that this name is given; -1 when it is given none or doesn't tell. */
  private int assigned(int from, int to) {
    int sign = sign(from, to);
    String kind = sign < 0 ? null : SecretName.kind(text.substring(from, to));
    if (kind == null) {
      return -1;
    }
    int start = blanks(sign + 1);
    start = pastScheme(kind, text.charAt(sign) == '=' && !lines ? sign + 1 : start);
    char quote = start < text.length() ? text.charAt(start) : ' ';
    boolean quoted = QUOTES.indexOf(quote) >= 0;
    int end = quoted ? closing(quote, ++start) : bareEnd(from, start, text.charAt(sign));
    if (SecretValue.isOne(kind, text.substring(start, end))) {
      found.secret(start, end, kind);
      return end;
    }
    return end - start > LOOKED_INTO ? end : -1;
  }

  /** {@code Authorization: Basic x} names how before what. */
  private int pastScheme(String kind, int start) {
    for (String scheme : kind.equals("credentials") ? SCHEMES : List.<String>of()) {
      if (text.regionMatches(true, start, scheme, 0, scheme.length())) {
        return start + scheme.length();
      }
    }
    return start;
  }

  /**
   * Where the colon, equals sign or bracket behind a name is, or -1: not that of an image's tag.
   */
  private int sign(int name, int from) {
    int at = from;
    if (at < text.length() && QUOTES.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    at = blanks(at);
    switch (at < text.length() ? text.charAt(at) : ' ') {
      case '=':
        return at;
      case ':':
        return at + 1 < text.length() && " \t\"'".indexOf(text.charAt(at + 1)) >= 0 ? at : -1;
      case '>':
        return name > 0 && text.charAt(name - 1) == '<' ? at : -1;
      default:
        return -1;
    }
  }

  private int blanks(int from) {
    int at = from;
    while (at < text.length() && at < from + BLANKS && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private int closing(char quote, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }

  private int bareEnd(int name, int from, char sign) {
    boolean toLineEnd = lines && isLineStart(name);
    int at = from;
    while (at < text.length() && !ends(at, toLineEnd, sign)) {
      at++;
    }
    while (at > from && text.charAt(at - 1) == ' ') {
      at--;
    }
    return at;
  }

  private boolean isLineStart(int name) {
    int at = name - 1;
    while (at >= 0 && isBlank(text.charAt(at))) {
      at--;
    }
    return at < 0 || text.charAt(at) == '\n';
  }

  private boolean ends(int at, boolean toLineEnd, char sign) {
    char c = text.charAt(at);
    if (c == '\n' || c == '\r' || sign == '>' && c == '<') {
      return true;
    }
    return !toLineEnd && (c == ' ' || c == '\t' || QUOTES.indexOf(c) >= 0 || endsWord(at));
  }

  /** A comma may be part of a password, unless another name or nothing follows. */
  private boolean endsWord(int at) {
    if (",;&|)}]".indexOf(text.charAt(at)) < 0) {
      return false;
    }
    int next = at + 1;
    while (next < text.length() && isName(text.charAt(next))) {
      next++;
    }
    boolean end = next == text.length() && next == at + 1;
    return end || next < text.length() && "=: \n\t\"'".indexOf(text.charAt(next)) >= 0;
  }
}
