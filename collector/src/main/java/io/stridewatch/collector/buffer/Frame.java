package io.stridewatch.collector.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** How an entry lies in its file: its length, its CRC-32C, its bytes. */
final class Frame {
  /** Bytes before the entry's own. */
  static final int HEAD = 8;

  private Frame() {}

  /** The entry as it is written. */
  static ByteBuffer of(byte[] entry) {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + entry.length);
    return bytes.putInt(entry.length).putInt(sum(entry)).put(entry).flip();
  }

  /** The entry there; null when none is whole. */
  static byte[] read(FileChannel in, long at, long size) throws IOException {
    int length = length(in, at, size);
    if (length < 0) {
      return null;
    }
    ByteBuffer whole = full(in, at, HEAD + length);
    int sum = whole.getInt(Integer.BYTES);
    byte[] entry = new byte[length];
    whole.get(HEAD, entry);
    return sum(entry) == sum ? entry : null;
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
    while (bytes.hasRemaining() && in.read(bytes, at + bytes.position()) >= 0) {
      continue;
    }
    return bytes.flip();
  }

  private static int sum(byte[] entry) {
    CRC32C sum = new CRC32C();
    sum.update(entry);
    return (int) sum.getValue();
  }
}
