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
    int bits = slash < 0 ? address.length * 8 : bits(text.substring(slash + 1));
    return bits < 0 || bits > address.length * 8 ? null : new Network(address, bits);
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
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
    String[] parts = text.split("\\.", -1);
    byte[] address = new byte[4];
    for (int i = 0; i < parts.length; i++) {
      int part = parts.length == 4 ? bits(parts[i]) : -1;
      if (part < 0 || part > 255) {
        return null;
      }
      address[i] = (byte) part;
    }
    return address;
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
