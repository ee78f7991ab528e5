package io.stridewatch.collector.auditd;

import io.stridewatch.collector.ByteLines;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * auditd's records as it writes them to a plug-in, {@code format = string} or {@code binary}, told
 * apart by the first byte: a line begins with a letter, a frame with its small version. A frame is
 * 16 bytes of version, header's length, record type and size, each a 32-bit number in the host's
 * order ({@code struct audit_dispatcher_header} of libaudit.h), and then always 8,970 bytes, of
 * which the first {@code size} are the record's line. One thread.
 */
final class AuditInput {
  private static final int HEADER = 16;
  private static final int MESSAGE = 8970;
  private static final int WITH_TYPE = 1;

  private final PushbackInputStream in;
  private final byte[] frame = new byte[HEADER + MESSAGE];
  private ByteLines lines;
  private boolean begun;

  AuditInput(InputStream in) {
    this.in = new PushbackInputStream(in);
  }

  /**
   * The next record's line; null when auditd closed the stream.
   *
   * @throws FrameException when it is no frame: what follows can't be told apart any more
   * @throws IOException when the stream broke off
   */
  byte[] next() throws IOException {
    if (!begun) {
      int first = in.read();
      begun = true;
      if (first < 0) {
        return null;
      }
      in.unread(first);
      lines = first <= WITH_TYPE ? null : new ByteLines(in);
    }
    if (lines == null) {
      return framed();
    }
    return lines.next() || lines.rest() ? lines.bytes() : null;
  }

  private byte[] framed() throws IOException {
    try {
      new DataInputStream(in).readFully(frame);
    } catch (EOFException e) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(frame, 0, HEADER).order(ByteOrder.nativeOrder());
    int version = header.getInt();
    int length = header.getInt();
    header.getInt(); // The type, which the line names too.
    int size = header.getInt();
    if (version != WITH_TYPE || length != HEADER || size < 0 || size > MESSAGE) {
      throw new FrameException(
          ("auditd sends binary frames of a kind that is not read (version " + version)
              + (", header " + length + ", size " + size + "): set format = string")
              + " in its plug-in's file and restart auditd");
    }
    return Arrays.copyOfRange(frame, HEADER, HEADER + withoutEnd(size));
  }

  /** Without the zero or newline that may end it. */
  private int withoutEnd(int size) {
    int end = size;
    while (end > 0 && (frame[HEADER + end - 1] == 0 || frame[HEADER + end - 1] == '\n')) {
      end--;
    }
    return end;
  }

  /** What comes is none of auditd's frames. */
  static final class FrameException extends IOException {
    private static final long serialVersionUID = 1;

    FrameException(String message) {
      super(message);
    }
  }
}
