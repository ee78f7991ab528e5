package io.stridewatch.sink;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends alerts to a file as JSON lines, one whole line a write, in the file when {@link #deliver}
 * returns (the operating system's cache; not forced to the disk). A new file is its owner's alone
 * (mode 0600); a file that is there keeps its mode. A line torn by a crash or a full disk is cut
 * before the next is written. A file that was moved away (logrotate) is made anew. An alert that a
 * killed process had written but not yet acknowledged is known by its id and not written twice.
 */
public final class FileSink implements Sink {
  private final String name;
  private final Path path;
  private FileChannel file;
  private Object key;
  private Set<String> written = Set.of();

  private FileSink(String name, Path path) {
    this.name = name;
    this.path = path;
  }

  /**
   * Opens or makes the file.
   *
   * @throws IOException that says what to do, when it can't be written
   */
  public static FileSink open(String name, Path path) throws IOException {
    FileSink sink = new FileSink(name, path.toAbsolutePath().normalize());
    sink.open();
    return sink;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    if (file == null || movedAway()) {
      close();
      open();
    }
    if (!written.contains(alert.id())) {
      append((AlertJson.line(alert) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private void append(byte[] line) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(line);
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    } catch (IOException e) {
      close();
      throw new IOException("cannot append to " + path + ": " + e.getMessage(), e);
    }
  }

  private boolean movedAway() throws IOException {
    return !Files.exists(path) || key != null && !key.equals(fileKey());
  }

  private Object fileKey() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private void open() throws IOException {
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "cannot write alerts to " + path + ": there is no directory " + folder + "; make it");
    }
    try {
      if (!Files.exists(path) || Files.isRegularFile(path)) {
        cutTornLine();
      }
      file = FileChannel.open(path, WRITE, APPEND);
      key = fileKey();
    } catch (AccessDeniedException e) {
      throw new IOException(
          "cannot write alerts to "
              + path
              + ": permission denied; name a file that this user may write",
          e);
    } catch (IOException e) {
      throw new IOException("cannot write alerts to " + path + ": " + e.getMessage(), e);
    }
  }

  private void cutTornLine() throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (FileChannel whole = FileChannel.open(path, Set.of(CREATE, READ, WRITE), mode)) {
      FileEnd end = FileEnd.of(whole);
      whole.truncate(end.length());
      written = end.ids();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
