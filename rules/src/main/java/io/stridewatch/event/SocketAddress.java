package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * A socket address as a SOCKADDR record holds it: the bytes that the program gave to the kernel, of
 * any length. A part that is cut off or does not exist in the family is null.
 *
 * @param family {@code unix}, {@code inet}, {@code inet6}, {@code netlink}, {@code packet}, {@code
 *     vsock}, {@code unspec}, or the family's number
 * @param host the address: of inet and inet6 as text (RFC 5952, {@code %} and the scope id where
 *     there is one), of vsock the cid
 * @param port of inet, inet6 and vsock
 * @param path of unix; {@code @} and the name when it is abstract
 */
record SocketAddress(String family, String host, String port, String path) {

  /** Reads the hex of a SOCKADDR record; null when there is none or it is not hex. */
  static SocketAddress ofHex(String saddr) {
    if (saddr == null) {
      return null;
    }
    byte[] hex = saddr.getBytes(StandardCharsets.US_ASCII);
    return AuditdText.hex(hex, 0, hex.length) ? of(AuditdText.unhex(hex, 0, hex.length)) : null;
  }

  /** Reads the bytes of {@code struct sockaddr}; never fails. */
  static SocketAddress of(byte[] b) {
    if (b.length < 2) {
      return new SocketAddress("unspec", null, null, null);
    }
    // No family is above 255, so the zero byte tells the machine's byte order.
    int family = b[1] == 0 ? b[0] & 0xff : b[0] == 0 ? b[1] & 0xff : word(b, 0);
    return switch (family) {
      case 0 -> new SocketAddress("unspec", null, null, null);
      case 1 -> new SocketAddress("unix", null, null, path(b));
      case 2 -> new SocketAddress("inet", b.length < 8 ? null : four(b, 4), port(b), null);
      case 10 -> new SocketAddress("inet6", b.length < 24 ? null : six(b), port(b), null);
      case 16 -> new SocketAddress("netlink", null, null, null);
      case 17 -> new SocketAddress("packet", null, null, null);
      case 40 -> new SocketAddress("vsock", number(b, 8), number(b, 4), null);
      default -> new SocketAddress(Integer.toString(family), null, null, null);
    };
  }

  private static int word(byte[] b, int at) {
    return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
  }

  private static String port(byte[] b) {
    return b.length < 4 ? null : Integer.toString(word(b, 2));
  }

  private static String number(byte[] b, int at) {
    if (b.length < at + 4) {
      return null;
    }
    boolean little = b[1] == 0;
    int high = little ? word(new byte[] {b[at + 3], b[at + 2]}, 0) : word(b, at);
    int low = little ? word(new byte[] {b[at + 1], b[at]}, 0) : word(b, at + 2);
    return Long.toString((long) high << 16 | low);
  }

  /** A path ends at its first NUL or where the bytes do; an abstract name has all bytes. */
  private static String path(byte[] b) {
    if (b.length > 2 && b[2] == 0) {
      return b.length == 3 ? "@" : "@" + AuditdText.text(b, 3, b.length);
    }
    int end = 2;
    while (end < b.length && b[end] != 0) {
      end++;
    }
    return end == 2 ? null : AuditdText.text(b, 2, end);
  }

  private static String four(byte[] b, int at) {
    StringJoiner out = new StringJoiner(".");
    for (int i = at; i < at + 4; i++) {
      out.add(Integer.toString(b[i] & 0xff));
    }
    return out.toString();
  }

  private static String six(byte[] b) {
    int at = 8;
    String scope = b.length < 28 ? "0" : number(b, 24);
    String suffix = scope.equals("0") ? "" : "%" + scope;
    if (mapped(b, at)) {
      return "::ffff:" + four(b, at + 12) + suffix;
    }
    return groups(b, at) + suffix;
  }

  private static boolean mapped(byte[] b, int at) {
    for (int i = 0; i < 10; i++) {
      if (b[at + i] != 0) {
        return false;
      }
    }
    return word(b, at + 10) == 0xffff;
  }

  /** Without leading zeros, the first of the longest runs of two or more zero groups as ::. */
  private static String groups(byte[] b, int at) {
    int best = 8;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int run = zeros(b, at, i);
      if (run > longest) {
        best = i;
        longest = run;
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        out.append("::");
        i += longest - 1;
      } else {
        boolean first = out.length() == 0 || out.charAt(out.length() - 1) == ':';
        out.append(first ? "" : ":").append(Integer.toHexString(word(b, at + 2 * i)));
      }
    }
    return out.toString();
  }

  private static int zeros(byte[] b, int at, int group) {
    int run = 0;
    while (group + run < 8 && word(b, at + 2 * (group + run)) == 0) {
      run++;
    }
    return run;
  }
}
