package io.stridewatch.event;

import java.util.Locale;
import java.util.Set;

/** Whether a value that its name calls a secret can be one. */
final class SecretValue {
  private static final int SHORTEST = 3;
  private static final int SHORTEST_RANDOM = 16;
  private static final double RANDOM_BITS = 3.5;

  /** Switches and placeholders. */
  private static final Set<String> WORDS =
      Set.of(
          ("true false yes no on off null none nil undefined required optional enabled disabled"
                  + " unset default auto redacted masked")
              .split(" "));

  /** A value that begins so says where the secret lies. */
  private static final String[] REFERENCES = {
    "$",
    "{{",
    "%{",
    "<",
    "file:",
    "vault:",
    "op://",
    "arn:",
    "ref+",
    "secretKeyRef",
    "valueFrom",
    "/run/",
    "/var/",
    "/etc/",
    "/home/",
    "/root/",
    "/opt/",
    "/usr/",
    "/tmp/",
    "/mnt/",
    "/srv/",
    "/secrets/",
    "/vault/",
    "/data/",
    "/dev/",
    "/app/",
    "./",
    "../",
    "~/"
  };

  private SecretValue() {}

  /** Not what is empty, a reference, a path, a switch; of a mere key what doesn't look random. */
  static boolean isOne(String kind, String value) {
    if (value.length() < SHORTEST || isBlankOrStars(value)) {
      return false;
    }
    if (value.length() < 12 && WORDS.contains(value.toLowerCase(Locale.ROOT)) || refers(value)) {
      return false;
    }
    return !kind.equals(SecretName.KEY) || random(value);
  }

  private static boolean isBlankOrStars(String value) {
    int stars = 0;
    while (stars < value.length() && value.charAt(stars) == '*') {
      stars++;
    }
    return stars == value.length() || value.isBlank();
  }

  /** A password may begin with a dollar sign: a reference is a name behind it. */
  private static boolean refers(String value) {
    if (value.charAt(0) == '$') {
      return "({".indexOf(value.charAt(1)) >= 0 || value.matches("\\$[A-Za-z_][A-Za-z0-9_]*");
    }
    for (String reference : REFERENCES) {
      if (value.startsWith(reference)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Letters and digits mixed, of at least 3.5 bits each (Shannon's entropy over the value); digits
   * of a hash or an id alone are not.
   */
  static boolean random(String value) {
    int[] counts = new int[256];
    boolean digits = false;
    boolean hex = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      counts[c & 0xff]++;
      digits |= c >= '0' && c <= '9';
      hex &= Character.digit(c, 16) >= 0 || c == '-' || c == ':';
      if (c <= ' ') {
        return false;
      }
    }
    return value.length() >= SHORTEST_RANDOM
        && digits
        && !hex
        && entropy(counts, value.length()) >= RANDOM_BITS;
  }

  private static double entropy(int[] counts, int length) {
    double bits = 0;
    for (int count : counts) {
      double share = (double) count / length;
      bits -= count == 0 ? 0 : share * StrictMath.log(share) / StrictMath.log(2);
    }
    return bits;
  }
}
