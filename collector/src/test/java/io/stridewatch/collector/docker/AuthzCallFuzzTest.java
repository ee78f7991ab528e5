package io.stridewatch.collector.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Mutations;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.docker.PluginClient.Recorded;
import org.junit.jupiter.api.Test;

/**
 * The engine's calls to its plug-in broken at random: read, or refused in one line. {@code
 * -Dfuzz=N} makes N rounds.
 */
class AuthzCallFuzzTest {
  private final Mutations mutations =
      Mutations.ofJson(20261122, "RequestUri", "REQUESTBODY", "%63", "\\u0000", "==", "/v1.41/");

  @Test
  void aBrokenCallIsReadOrRefusedInOneLine() {
    Recorded recorded = Recorded.of("Res", "name=keep");
    int read = 0;
    for (int round = 0; round < Mutations.rounds(2_000); round++) {
      read += isRead(mutations.bytes(recorded.body())) ? 1 : 0;
    }
    assertTrue(read > 0, "none was read");
  }

  private static boolean isRead(byte[] json) {
    try {
      AuthzCall call = AuthzCall.read("AuthZRes", 1, json);
      assertNotNull(call.body());
      call.create();
      call.masked();
      return true;
    } catch (UnreadableRecordException e) {
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      return false;
    }
  }
}
