package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketAddressTest {

  @ParameterizedTest
  @CsvSource({
    "01002F72756E2F736F636B, /run/sock",
    "01002F72756E2F736F636B00, /run/sock",
    "01002F72756E2F736F636B009E2B0500, /run/sock",
    "00012F72756E2F736F636B, /run/sock",
    "010000616273, @abs",
    "01000061620063, @ab\\x00c",
    "010000, @",
  })
  void aUnixPathEndsAtItsNulAndAnAbstractNameWithTheBytes(String saddr, String path) {
    assertEquals(new SocketAddress("unix", null, null, path), SocketAddress.ofHex(saddr));
  }

  @ParameterizedTest
  @CsvSource({
    "0200094B7F0000010000000000000000, inet, 127.0.0.1, 2379",
    "0200094B, inet, , 2379",
    "0A00094B0000000000000000000000000000000000000001, inet6, ::1, 2379",
    "0A00094B00000000000000000000000000000000000000010100000000, inet6, ::1%1, 2379",
    "0A00094B0000000020010DB8000000000000000000000001, inet6, 2001:db8::1, 2379",
    "0A00094B0000000020010DB8000000010001000000000001, inet6, 2001:db8:0:1:1::1, 2379",
    "0A00094B0000000020010DB8000100010001000100000001, inet6, 2001:db8:1:1:1:1:0:1, 2379",
    "0A00094B0000000000000000000000000000000000000000, inet6, ::, 2379",
    "0A00094B00000000FE800000000000000000000000000000, inet6, fe80::, 2379",
    "0A00094B0000000000000000000000000000FFFF0A000001, inet6, ::ffff:10.0.0.1, 2379",
    "100000000000000001000000, netlink, , ",
    "28000000D20400000100000000000000, vsock, 1, 1234",
    "1100, packet, , ",
    "0000, unspec, , ",
    "02, unspec, , ",
    "0100, unix, , ",
    "1F00, 31, , ",
  })
  void readsEachFamilyAtAnyLength(String saddr, String family, String host, String port) {
    assertEquals(new SocketAddress(family, host, port, null), SocketAddress.ofHex(saddr));
  }

  @Test
  void whatIsNotHexIsNoAddress() {
    assertNull(SocketAddress.ofHex("xyz"));
    assertNull(SocketAddress.ofHex(""));
    assertNull(SocketAddress.ofHex(null));
  }
}
