package io.stridewatch.rule;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A network in CIDR notation, of IPv4 or IPv6. Names are never looked up.
 *
 * @param address 4 or 16 bytes
 * @param bits that an address has in common with it
 */
public record Network(byte[] address, int bits) {

  /** {@code 10.0.0.0/8}; without a slash one address. Null when it is no network. */
  public static Network of(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int bits = slash < 0 ? address.length * 8 : number(text, slash + 1, text.length());
    return bits < 0 || bits > address.length * 8 ? null : new Network(address, bits);
  }

  /** Whether the address, as text, lies in it; false for what is no address. */
  public boolean contains(String text) {
    byte[] other = address(text);
    if (other == null || other.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
  }

  private static byte[] address(String text) {
    if (text.length() > 45) {
      return null;
    }
    return text.indexOf(':') >= 0 ? address6(text) : address4(text);
  }

  /** {@link InetAddress} looks no name up when there is a colon. */
  private static byte[] address6(String text) {
    try {
      return text.indexOf('%') < 0 ? InetAddress.getByName(text).getAddress() : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static byte[] address4(String text) {
    byte[] address = new byte[4];
    int from = 0;
    for (int i = 0; i < 4; i++) {
      int dot = i == 3 ? text.length() : text.indexOf('.', from);
      int part = dot < 0 ? -1 : number(text, from, dot);
      if (part < 0 || part > 255) {
        return null;
      }
      address[i] = (byte) part;
      from = dot + 1;
    }
    return address;
  }

  /** One to three digits; else -1. */
  private static int number(String text, int from, int to) {
    int number = to > from && to - from <= 3 ? 0 : -1;
    for (int i = from; i < to && number >= 0; i++) {
      int digit = text.charAt(i) - '0';
      number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
    }
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && bits == network.bits
        && Arrays.equals(address, network.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }
}
