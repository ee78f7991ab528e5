package io.stridewatch.collector.docker;

import io.stridewatch.event.DaemonArguments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The dockerd of this host: the process that {@code /var/run/docker.pid} names, if it still is one.
 * Another may have its number by now, or the number may be one of another container's. Any thread.
 */
final class DaemonProcess {
  static final int FILE_BYTES = 1 << 20;

  private static final int ARGUMENT_BYTES = 64 << 10;
  private static final int SHORT = 32;

  private final Path root;

  /**
   * Reads nothing yet.
   *
   * @param root of the file system that has proc, var/run and etc
   */
  DaemonProcess(Path root) {
    this.root = root;
  }

  /** Its directory in /proc; null when there is none, or it can't be told. */
  Path directory() {
    try {
      String pid = text(root.resolve("var/run/docker.pid"));
      Path directory = root.resolve("proc").resolve(pid);
      boolean named =
          pid.matches("[0-9]{1,10}") && text(directory.resolve("comm")).equals("dockerd");
      return named ? directory : null;
    } catch (IOException e) {
      return null;
    }
  }

  private String text(Path file) throws IOException {
    return new String(read(file, SHORT), StandardCharsets.ISO_8859_1).strip();
  }

  /**
   * The words of its command line.
   *
   * @throws IOException that says why they can't be told
   */
  List<String> arguments(Path directory) throws IOException {
    byte[] words = read(directory.resolve("cmdline"), ARGUMENT_BYTES);
    if (words.length == 0) {
      throw new IOException("the process has ended");
    }
    return List.of(new String(words, StandardCharsets.UTF_8).split("\0"));
  }

  /** The file that it is configured by, be it there or not. */
  Path configuration(Path directory, List<String> words) {
    List<String> named = DaemonArguments.settings(words).getOrDefault("config-file", List.of());
    String file = named.isEmpty() ? "/etc/docker/daemon.json" : named.get(named.size() - 1);
    return file.startsWith("/")
        ? root.resolve(file.replaceFirst("^/+", ""))
        : directory.resolve("cwd").resolve(file);
  }

  /** A file as the daemon names it. */
  String named(Path file) {
    return "/" + root.relativize(file);
  }

  /**
   * A file's bytes.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException that says why they can't be told
   */
  byte[] read(Path file, int most) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("longer than " + most + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (AccessDeniedException e) {
      throw new IOException("may not be read by this user", e);
    } catch (FileSystemException e) {
      throw new IOException("can't be read", e);
    }
  }
}
