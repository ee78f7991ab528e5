package io.stridewatch.sink;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Appends alerts to a file as JSON lines, one whole line a write, in the file when {@link #deliver}
 * returns (in the operating system's cache, or forced to the disk after each batch). A new file is
 * its owner's alone (mode 0600); a file that is there keeps its mode. A line torn by a crash or a
 * full disk is cut before the next is written. A file that was moved away (logrotate) is made anew;
 * where its address says so it is moved away at a size or age. An alert that a killed process had
 * written but not yet acknowledged is known by its line and not written twice.
 */
public final class FileSink implements Sink {
  private static final int BATCH = 512;

  /** What is told at once stays well within what {@link FileEnd} looks at. */
  private static final int ENOUGH = 2 << 20;

  private static final int ROOM = 64 << 10;

  private final String name;
  private final Path path;
  private final FileAddress address;
  private final Rotation rotation;
  private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
  private FileChannel file;
  private Object key;
  private Set<String> written = Set.of();

  private FileSink(String name, FileAddress address, InstantSource clock) {
    this.name = name;
    this.address = address;
    path = address.path();
    rotation = new Rotation(address, clock);
  }

  /**
   * Opens or makes the file.
   *
   * @param clock says when a file is too old
   * @throws IOException that says what to do, when it can't be written
   */
  public static FileSink open(String name, FileAddress address, InstantSource clock)
      throws IOException {
    FileSink sink = new FileSink(name, address, clock);
    sink.open();
    return sink;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    deliver(List.of(StoredAlert.of(alert))).ofOne();
  }

  @Override
  public Receipt deliver(List<StoredAlert> alerts) {
    int done = 0;
    int bytes = 0;
    try {
      while (done < alerts.size() && bytes < ENOUGH) {
        if (done == 0 || rotation.watches()) {
          ready();
        }
        bytes += tell(alerts.get(done));
        done++;
      }
      sync();
      return Receipt.all(done);
    } catch (IOException e) {
      // Written again, they are known by their lines after the file is opened anew.
      return new Receipt(address.fsync() ? 0 : done, Map.of(), e);
    }
  }

  /** How many bytes it took. */
  private int tell(StoredAlert alert) throws IOException {
    if (!written.isEmpty() && written.contains(FileEnd.key(alert.id(), alert.line()))) {
      return 0;
    }
    append(alert.line());
    return alert.line().length + 1;
  }

  @Override
  public int batch() {
    return BATCH;
  }

  /** Open, and neither moved away nor due to be. */
  private void ready() throws IOException {
    if (file != null && !movedAway() && rotation.due(file.size())) {
      sync();
      close();
      rotation.turn();
    }
    if (file == null || movedAway()) {
      close();
      open();
    }
    rotation.wrote();
  }

  /** What is moved away is on the disk as well, where that is wanted. */
  private void sync() throws IOException {
    if (address.fsync()) {
      file.force(false);
    }
  }

  /** The line and its end, in one write. */
  private void append(byte[] line) throws IOException {
    ByteBuffer buffer = line.length < ROOM ? room.clear() : ByteBuffer.allocate(line.length + 1);
    buffer.put(line).put((byte) '\n').flip();
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
      rotation.from(Files.exists(path) ? Files.getLastModifiedTime(path).toInstant() : null);
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
      written = new HashSet<>(end.known());
    }
    Optional<Path> before = rotation.newest();
    if (before.isPresent()) {
      try (FileChannel rotated = FileChannel.open(before.get(), READ)) {
        written.addAll(FileEnd.of(rotated).known());
      }
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
