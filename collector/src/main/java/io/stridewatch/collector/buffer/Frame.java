package io.stridewatch.collector.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** How an entry lies in its file: its length, its CRC-32C, its bytes. */
final class Frame {
  /** Bytes before the entry's own. */
  static final int HEAD = 8;

  private static final int PART = 64 << 10;

  private Frame() {}

  /** Writes the entry there; where it ends. */
  static long write(FileChannel out, long at, byte[]... entry) throws IOException {
    int length = Arrays.stream(entry).mapToInt(part -> part.length).sum();
    long to = write(out, at, ByteBuffer.allocate(HEAD).putInt(length).putInt(sum(entry)).flip());
    for (byte[] part : entry) {
      to = write(out, to, ByteBuffer.wrap(part));
    }
    return to;
  }

  /** Part by part: the JDK has memory beside the heap for as much as one call writes. */
  private static long write(FileChannel out, long at, ByteBuffer bytes) throws IOException {
    long to = at;
    while (bytes.hasRemaining()) {
      int part = Math.min(PART, bytes.remaining());
      int written = out.write(bytes.slice(bytes.position(), part), to);
      bytes.position(bytes.position() + written);
      to += written;
    }
    return to;
  }

  /** The entry there; null when none is whole. */
  static byte[] read(FileChannel in, long at, long size) throws IOException {
    int length = length(in, at, size);
    if (length < 0) {
      return null;
    }
    int sum = full(in, at + Integer.BYTES, Integer.BYTES).getInt();
    ByteBuffer entry = full(in, at + HEAD, length);
    boolean whole = entry.remaining() == length && sum(entry.array()) == sum;
    return whole ? entry.array() : null;
  }

  /** How long an entry says it is; -1 when that can't be. */
  static int length(FileChannel in, long at, long size) throws IOException {
    if (size - at < HEAD) {
      return -1;
    }
    int length = full(in, at, Integer.BYTES).getInt();
    return length < 0 || length > size - at - HEAD ? -1 : length;
  }

  /** So many bytes from there; fewer where the file ends. */
  static ByteBuffer full(FileChannel in, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      int part = Math.min(PART, bytes.remaining());
      read = in.read(bytes.slice(bytes.position(), part), at + bytes.position());
      bytes.position(bytes.position() + Math.max(0, read));
    }
    return bytes.flip();
  }

  private static int sum(byte[]... entry) {
    CRC32C sum = new CRC32C();
    for (byte[] part : entry) {
      sum.update(part);
    }
    return (int) sum.getValue();
  }
}
