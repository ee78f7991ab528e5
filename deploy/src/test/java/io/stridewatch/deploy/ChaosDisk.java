package io.stridewatch.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small disk of its own for the collector's cursors and buffer, that can be filled to the last
 * byte. Only root may mount one; for others there is a directory that can't be filled.
 */
final class ChaosDisk implements AutoCloseable {
  private static final String SIZE = "256m";
  private static final int CHUNK = 1 << 16;

  private final Path path;
  private final boolean mounted;

  ChaosDisk(Path path) throws IOException, InterruptedException {
    this.path = Files.createDirectories(path);
    mounted =
        Host.root() && done("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "chaos", path.toString());
  }

  private static boolean done(String... line) throws IOException {
    return new ProcessBuilder(line).inheritIO().start().onExit().join().exitValue() == 0;
  }

  Path path() {
    return path;
  }

  boolean canBeFilled() {
    return mounted;
  }

  /** Leaves no room. */
  void fill() {
    byte[] chunk = new byte[CHUNK];
    try (OutputStream file = Files.newOutputStream(path.resolve("filler"))) {
      while (true) {
        file.write(chunk);
      }
    } catch (IOException e) {
      // Full.
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.deleteIfExists(path.resolve("filler"));
  }

  @Override
  public void close() throws IOException {
    if (mounted) {
      done("umount", "-l", path.toString());
    }
  }
}
