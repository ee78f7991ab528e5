package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/**
 * What auditd sends a plug-in, lines and binary frames, broken at random: it is read to its end or
 * to a frame that is none, which is said in one line. {@code -Dfuzz=N} makes N rounds.
 */
class AuditInputFuzzTest {
  private static final int MESSAGE = 8970;
  private static final String LINE = "type=SYSCALL msg=audit(1795233600.003:%d): pid=1 uid=0";

  private final Mutations mutations = new Mutations(20261122, "\n", "\0", "\1\0\0\0", "type=");

  @Test
  void whatIsBrokenIsReadToItsEndOrRefusedInOneLine() throws IOException {
    byte[][] whole = {lines(), frames()};
    int read = 0;
    for (int round = 0; round < Mutations.rounds(2_000); round++) {
      read += read(mutations.bytes(whole[round % whole.length]));
    }
    assertTrue(read > 0, "none was read");
  }

  private static int read(byte[] sent) throws IOException {
    AuditInput input = new AuditInput(new ByteArrayInputStream(sent));
    int lines = 0;
    long bytes = 0;
    try {
      for (byte[] line = input.next(); line != null; line = input.next()) {
        lines++;
        bytes += line.length;
      }
    } catch (AuditInput.FrameException e) {
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
    assertTrue(bytes <= sent.length, "no more comes out than was put in");
    return lines;
  }

  private static byte[] lines() {
    return (LINE.formatted(1) + "\n" + LINE.formatted(2) + "\n").getBytes(US_ASCII);
  }

  private static byte[] frames() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 1; i <= 2; i++) {
      byte[] line = LINE.formatted(i).getBytes(US_ASCII);
      ByteBuffer frame = ByteBuffer.allocate(16 + MESSAGE).order(ByteOrder.nativeOrder());
      frame.putInt(1).putInt(16).putInt(1300).putInt(line.length).put(line);
      frames.writeBytes(frame.array());
    }
    return frames.toByteArray();
  }
}
