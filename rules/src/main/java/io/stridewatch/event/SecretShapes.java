package io.stridewatch.event;

import java.util.Arrays;
import java.util.List;

/**
 * Secrets that are known by their shape, wherever they stand: keys with the prefix that their
 * issuer gives them, private key blocks (RFC 7468), JSON web tokens (RFC 7519), passwords in URLs
 * (RFC 3986, section 3.2.1), bearer tokens (RFC 6750), hashes of passwords (crypt(5)). One pass.
 */
final class SecretShapes {
  private static final String UPPER = "A-Z0-9";
  private static final String WORD = "A-Za-z0-9_";
  private static final String DASHED = "A-Za-z0-9_-";
  private static final String DOTTED = "A-Za-z0-9_.-";

  /** What an issuer's keys begin with, and how many of which characters follow at least. */
  private record Shape(String prefix, String characters, int least, String kind) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("AKIA", UPPER, 16, "cloud key"),
          new Shape("ASIA", UPPER, 16, "cloud key"),
          new Shape("AIza", DASHED, 35, "cloud key"),
          new Shape("ghp_", WORD, 30, "token"),
          new Shape("gho_", WORD, 30, "token"),
          new Shape("ghu_", WORD, 30, "token"),
          new Shape("ghs_", WORD, 30, "token"),
          new Shape("ghr_", WORD, 30, "token"),
          new Shape("github_pat_", WORD, 22, "token"),
          new Shape("glpat-", DASHED, 16, "token"),
          new Shape("xoxa-", DASHED, 10, "token"),
          new Shape("xoxb-", DASHED, 10, "token"),
          new Shape("xoxp-", DASHED, 10, "token"),
          new Shape("xoxr-", DASHED, 10, "token"),
          new Shape("xoxs-", DASHED, 10, "token"),
          new Shape("npm_", WORD, 30, "token"),
          new Shape("dckr_pat_", DASHED, 20, "token"),
          new Shape("pypi-AgE", DASHED, 20, "token"),
          new Shape("hvs.", DASHED, 20, "token"),
          new Shape("hf_", WORD, 30, "token"),
          new Shape("dop_v1_", WORD, 32, "token"),
          new Shape("SG.", DOTTED, 40, "token"),
          new Shape("SWMTKN-1-", DASHED, 40, "token"),
          new Shape("SWMKEY-1-", DOTTED + "+/", 20, "secret key"),
          new Shape("sk_live_", WORD, 10, "secret key"),
          new Shape("rk_live_", WORD, 10, "secret key"),
          new Shape("sk-ant-", DASHED, 20, "secret key"),
          new Shape("sk-proj-", DASHED, 20, "secret key"),
          new Shape("AGE-SECRET-KEY-1", UPPER, 20, "private key"),
          new Shape("Bearer ", DOTTED + "~+/=", 16, "token"),
          new Shape("bearer ", DOTTED + "~+/=", 16, "token"),
          new Shape("$apr1$", "A-Za-z0-9./$", 20, "password hash"),
          new Shape("$2a$", "A-Za-z0-9./$", 50, "password hash"),
          new Shape("$2b$", "A-Za-z0-9./$", 50, "password hash"),
          new Shape("$2y$", "A-Za-z0-9./$", 50, "password hash"),
          new Shape("$5$", "A-Za-z0-9./$=", 40, "password hash"),
          new Shape("$6$", "A-Za-z0-9./$=", 40, "password hash"),
          new Shape("$y$", "A-Za-z0-9./$", 40, "password hash"));

  private static final String BEGIN = "-----BEGIN ";

  /** By the first character; the others in {@link #FIRST} begin what is known otherwise. */
  private static final Shape[][] BY_FIRST = new Shape[128][];

  private static final boolean[] FIRST = new boolean[128];

  static {
    "-e:".chars().forEach(c -> FIRST[c] = true);
    for (Shape shape : SHAPES) {
      char first = shape.prefix().charAt(0);
      FIRST[first] = true;
      BY_FIRST[first] =
          SHAPES.stream().filter(other -> other.prefix().charAt(0) == first).toArray(Shape[]::new);
    }
  }

  /** The first two characters of all that is known, and a backslash before anything. */
  private static final boolean[] PAIRS = new boolean[1 << 16];

  static {
    SHAPES.forEach(shape -> pair(shape.prefix()));
    List.of("://", BEGIN, "eyJ").forEach(SecretShapes::pair);
    Arrays.fill(PAIRS, '\\' << 8, '\\' + 1 << 8, true);
  }

  private static void pair(String prefix) {
    PAIRS[prefix.charAt(0) << 8 | prefix.charAt(1)] = true;
  }

  private final String text;
  private final Found found;

  private SecretShapes(String text, Found found) {
    this.text = text;
    this.found = found;
  }

  /** Whether {@code text[from, to)} has no escapes and surely no such secret: most have none. */
  static boolean isClean(byte[] text, int from, int to) {
    for (int i = from; i + 1 < to; i++) {
      if (PAIRS[(text[i] & 0xff) << 8 | text[i + 1] & 0xff] && mayBegin(text, from, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayBegin(byte[] text, int from, int at) {
    return at == from
        || !SecretName.letterOrDigit((char) text[at])
        || !SecretName.letterOrDigit((char) text[at - 1]);
  }

  /** Hands over each secret in order. */
  static void find(String text, Found found) {
    new SecretShapes(text, found).scan();
  }

  private void scan() {
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      int end = c < FIRST.length && FIRST[c] ? at(i) : -1;
      i = end < 0 ? i + 1 : end;
    }
  }

  /** Where the secret that begins there ends, or -1. */
  private int at(int from) {
    switch (text.charAt(from)) {
      case ':':
        return text.startsWith("://", from) ? url(from + 3) : -1;
      case '-':
        return text.startsWith(BEGIN, from) ? block(from) : -1;
      case 'e':
        return text.startsWith("eyJ", from) && isStart(from) ? webToken(from) : -1;
      default:
        return prefixed(from);
    }
  }

  private boolean isStart(int from) {
    return from == 0 || !SecretName.letterOrDigit(text.charAt(from - 1));
  }

  private int prefixed(int from) {
    if (isStart(from)) {
      for (Shape shape : BY_FIRST[text.charAt(from)]) {
        if (text.startsWith(shape.prefix(), from)) {
          int body = from + shape.prefix().length();
          int end = run(body, shape.characters());
          if (end - body >= shape.least()) {
            return told(shape.prefix().endsWith(" ") ? body : from, end, shape.kind());
          }
        }
      }
    }
    return -1;
  }

  private int told(int from, int to, String kind) {
    found.secret(from, to, kind);
    return to;
  }

  private int run(int from, String characters) {
    int end = from;
    while (end < text.length() && isOf(text.charAt(end), characters)) {
      end++;
    }
    return end;
  }

  /** Ranges first, then single characters. */
  private static boolean isOf(char c, String characters) {
    int i = 0;
    for (; i + 2 < characters.length() && characters.charAt(i + 1) == '-'; i += 3) {
      if (c >= characters.charAt(i) && c <= characters.charAt(i + 2)) {
        return true;
      }
    }
    return characters.indexOf(c, i) >= 0;
  }

  /** Header, payload, signature; a cut one counts as far as it goes. */
  private int webToken(int from) {
    int header = run(from, DASHED);
    if (header - from < 13 || header >= text.length() || text.charAt(header) != '.') {
      return header;
    }
    int end = run(header, DOTTED);
    return text.startsWith("eyJ", header + 1) || end == text.length()
        ? told(from, end, "token")
        : -1;
  }

  /** With its frame; without an end all that follows. */
  private int block(int from) {
    int label = text.indexOf("-----", from + BEGIN.length());
    if (label < 0 || label - from > 60 || !text.substring(from, label).contains("PRIVATE KEY")) {
      return -1;
    }
    int close = text.indexOf("-----END ", label);
    int end = close < 0 ? -1 : text.indexOf("-----", close + 9);
    return told(from, end < 0 ? text.length() : end + 5, "private key");
  }

  /** The password of {@code ://user:password@}, and what a web hook has behind its ids. */
  private int url(int from) {
    int at = -1;
    int colon = -1;
    int end = from;
    for (; end < text.length() && "/?#\"' \n\t<>\\".indexOf(text.charAt(end)) < 0; end++) {
      char c = text.charAt(end);
      at = c == '@' ? end : at;
      colon = c == ':' && colon < 0 && at < 0 ? end : colon;
    }
    if (colon > 0 && at > colon + 1 && SecretValue.isOne("", text.substring(colon + 1, at))) {
      return told(colon + 1, at, "password");
    }
    return text.startsWith("hooks.", from) && text.startsWith("/services/", end)
        ? hook(end + "/services/".length())
        : -1;
  }

  private int hook(int from) {
    int end = run(from, "A-Za-z0-9/_-");
    return end > from ? told(from, end, "token") : -1;
  }
}
