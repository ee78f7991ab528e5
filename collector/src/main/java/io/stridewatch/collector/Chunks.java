package io.stridewatch.collector;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Bytes as they come, in pieces: a body of tens of megabytes takes no array of its size, is never
 * copied to grow, and its beginning can be let go while the rest is still read. One thread at a
 * time; at most 2 GiB.
 */
public final class Chunks {
  private static final int PIECE = 8 << 10;

  /** All but the last are full; null where let go. */
  private final List<byte[]> pieces = new ArrayList<>();

  private int length;
  private int forgotten;

  /** Adds bytes at the end. */
  public void append(byte[] bytes) {
    int room = pieces.size() * PIECE - length;
    for (int from = 0; from < bytes.length; ) {
      if (room == 0) {
        pieces.add(new byte[PIECE]);
        room = PIECE;
      }
      int part = Math.min(room, bytes.length - from);
      System.arraycopy(bytes, from, pieces.get(pieces.size() - 1), PIECE - room, part);
      from += part;
      length += part;
      room -= part;
    }
  }

  /** Bytes that came, whether they were let go or not. */
  public int length() {
    return length;
  }

  byte at(int index) {
    return pieces.get(index / PIECE)[index % PIECE];
  }

  /** A copy of these bytes. */
  public byte[] range(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    byte[] range = new byte[to - from];
    read(from, range, 0, range.length);
    return range;
  }

  private void read(int from, byte[] to, int begin, int count) {
    for (int done = 0; done < count; ) {
      int at = from + done;
      int part = Math.min(PIECE - at % PIECE, count - done);
      System.arraycopy(pieces.get(at / PIECE), at % PIECE, to, begin + done, part);
      done += part;
    }
  }

  /** These bytes one after another. */
  InputStream stream(int from, int to) {
    return new InputStream() {
      private int at = from;

      @Override
      public int read() {
        return at == to ? -1 : Chunks.this.at(at++) & 0xff;
      }

      @Override
      public int read(byte[] bytes, int begin, int most) {
        if (at == to) {
          return -1;
        }
        int count = Math.min(most, to - at);
        Chunks.this.read(at, bytes, begin, count);
        at += count;
        return count;
      }
    };
  }

  /** Lets go of what lies before: it can't be read any more. */
  public void forget(int before) {
    int whole = before == length ? pieces.size() : before / PIECE;
    for (; forgotten < whole; forgotten++) {
      pieces.set(forgotten, null);
    }
  }

  /** A single array as chunks. */
  public static Chunks of(byte[] bytes, int from, int to) {
    Chunks chunks = new Chunks();
    chunks.append(Arrays.copyOfRange(bytes, from, to));
    return chunks;
  }
}
