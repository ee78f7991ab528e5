package io.stridewatch.collector;

import io.stridewatch.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * One open file of a log. It stays what it is while it is open, whatever its name becomes. Its
 * number alone does not name it: numbers of deleted files are used again within seconds, so what it
 * begins with belongs to its name.
 */
public final class LogFile implements Closeable {
  private static final int HEAD = 256;
  private static final int TAIL = 64 << 10;

  private final FileChannel channel;
  private final String number;
  private final long begun;
  private final ByteLines lines;
  private String head = "";
  private int headBytes;

  private LogFile(FileChannel channel, String number, long begun) throws IOException {
    this.channel = channel;
    this.number = number;
    this.begun = begun;
    channel.position(begun);
    lines = new ByteLines(Channels.newInputStream(channel));
  }

  /**
   * Opens the file to be read from an offset.
   *
   * @throws IOException when it is not there or may not be read
   */
  static LogFile open(Path path, long offset) throws IOException {
    String number = number(path);
    FileChannel channel = channel(path);
    try {
      if (!number(path).equals(number)) {
        throw new IOException(path + ": was renamed while it was opened");
      }
      return new LogFile(channel, number, offset);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      throw new IOException(
          path + ": may not be read: run as root, or as a member of the group that may", e);
    }
  }

  /** What the file system calls the file, whatever its name. */
  static String number(Path path) throws IOException {
    return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  String number() {
    return number;
  }

  /** Behind the last newline of a file; its size when the last 64 KiB have none. */
  static long end(Path path) throws IOException {
    try (FileChannel channel = channel(path)) {
      long size = channel.size();
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, TAIL));
      while (tail.hasRemaining() && channel.read(tail, size - tail.remaining()) > 0) {
        continue;
      }
      for (int at = tail.position() - 1; at >= 0; at--) {
        if (tail.get(at) == '\n') {
          return size - tail.capacity() + at + 1;
        }
      }
      return size;
    }
  }

  /** Moves to the next line that has its end; false when there is none for now. */
  boolean next() throws IOException {
    return lines.next();
  }

  /** Moves to what is behind the last line's end. */
  boolean rest() {
    return lines.rest();
  }

  /** The line it stands at. */
  ByteLines line() {
    return lines;
  }

  /** Behind the line it stands at. */
  Position position() {
    return new Position(this, begun + lines.position());
  }

  /** Whether it is shorter than what was read of it, or begins otherwise: it was cut in place. */
  boolean wasCut() throws IOException {
    return channel.size() < begun + lines.position() + lines.waiting()
        || headBytes > 0 && !head.equals(hash(channel, headBytes));
  }

  /** How many of its first bytes name it, up to an offset: 256 at most. */
  int headBytes(long offset) throws IOException {
    if (headBytes < HEAD && offset > headBytes && channel.isOpen()) {
      headBytes = (int) Math.min(HEAD, offset);
      head = hash(channel, headBytes);
    }
    return headBytes;
  }

  /** SHA-256 of those. */
  String head() {
    return head;
  }

  /** SHA-256 of the first bytes of a file, empty when it has fewer. */
  static String head(Path path, int bytes) throws IOException {
    try (FileChannel channel = channel(path)) {
      return hash(channel, bytes);
    }
  }

  private static String hash(FileChannel channel, int length) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(length);
    while (first.hasRemaining() && channel.read(first, first.position()) > 0) {
      continue;
    }
    if (first.hasRemaining()) {
      return "";
    }
    return Sha256.hex(first.array());
  }

  @Override
  public void close() throws IOException {
    headBytes(begun + lines.position());
    channel.close();
  }
}
