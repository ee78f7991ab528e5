package io.stridewatch.deploy.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory of one instance ({@code --data}): broker, password, cursors, caches. It belongs to
 * one process at a time, only its owner may look into it (0700), and it carries a format number: a
 * newer program reads older ones, an older one refuses a newer. Open it before anything is put into
 * it.
 */
public final class DataDirectory implements AutoCloseable {
  /** Raised when something in the directory changes in a way that an older program misreads. */
  static final int FORMAT = 1;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the directory for this process, and makes it where it isn't there.
   *
   * @throws IOException one line, when another process has it, a newer program wrote it, or it may
   *     not be made or written
   */
  public static DataDirectory open(Path path) throws IOException {
    try {
      prepare(path);
      DataDirectory data = new DataDirectory(path, locked(path));
      data.checkFormat();
      return data;
    } catch (AccessDeniedException e) {
      throw new IOException(
          "data directory "
              + path
              + " may not be written: run as its owner, or give another with --data",
          e);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "data directory " + path + " is not a directory: give another with --data", e);
    } catch (FileSystemException e) {
      throw new IOException(
          "data directory "
              + path
              + " can't be made or written ("
              + (e.getReason() == null ? "no such place" : e.getReason())
              + "): give another with --data",
          e);
    }
  }

  private static void prepare(Path path) throws IOException {
    Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    if (Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
      return;
    }
    if (!Files.exists(path.resolve("format")) && !empty(path)) {
      throw new IOException(
          "data directory "
              + path
              + " holds files that are not ours and others may read it: give an empty or new one with --data");
    }
    Files.setPosixFilePermissions(path, OWNER_ONLY);
  }

  private static boolean empty(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This process has it: said below in the same words.
    }
    channel.close();
    throw new IOException(
        "data directory "
            + path
            + " is in use by another instance"
            + Instance.pid(path).map(pid -> " (pid " + pid + ")").orElse("")
            + ": stop it, or give another with --data");
  }

  private void checkFormat() throws IOException {
    Path file = path.resolve("format");
    if (!Files.exists(file)) {
      Secret.write(file, FORMAT + "\n");
      return;
    }
    String written = Files.readString(file).strip();
    if (!written.equals(Integer.toString(FORMAT))) {
      close();
      throw new IOException(
          "data directory "
              + path
              + " has format "
              + written.replaceAll("[^0-9]", "?")
              + " and this program reads "
              + FORMAT
              + ": use the newer program, or give another directory with --data");
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** A secret that is made at first use and stays: hex digits of 32 random bytes. */
  String secret(String name) throws IOException {
    Path file = path.resolve(name);
    if (!Files.exists(file)) {
      Secret.write(file, Secret.random() + "\n");
    }
    return Files.readString(file).strip();
  }

  /** What tells this instance from others that share a Kafka; the same after a restart. */
  public String instanceId() throws IOException {
    Path file = path.resolve("instance-id");
    if (!Files.exists(file)) {
      Secret.write(file, Secret.random().substring(0, 16) + "\n");
    }
    return Files.readString(file).strip();
  }

  /** Gives the directory free. Idempotent. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
