package io.stridewatch.collector.docker;

import io.stridewatch.event.DaemonArguments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * The dockerd of this host that listens at a socket. At the default one it is the process that
 * {@code /var/run/docker.pid} names, if it still is a dockerd: another may have its number by now,
 * or the number may be one of another container's. At others, as of rootless engines or of several,
 * it is the dockerd that has the socket open, or whose command line names it where that can't be
 * seen. Any thread.
 */
final class DaemonProcess {
  private static final int FILE_BYTES = 1 << 20;
  private static final int ARGUMENT_BYTES = 64 << 10;
  private static final int SHORT = 32;

  private final Path root;
  private final String socket;

  /**
   * Reads nothing yet.
   *
   * @param root of the file system that has proc, var/run and etc
   * @param socket where the engine listens
   */
  DaemonProcess(Path root, String socket) {
    this.root = root;
    this.socket = DaemonSockets.path(socket);
  }

  /** Its directory in /proc; null when there is none, or it can't be told. */
  Path directory() {
    Path proc = root.resolve("proc");
    if (socket.equals(DaemonSockets.USUAL)) {
      Path directory = named(proc);
      if (directory != null) {
        return directory;
      }
    }
    List<Path> listening = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path one : all) {
        if (isDaemon(one) && new DaemonSockets(one).listens(socket, words(one))) {
          listening.add(one);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return null;
    }
    return listening.size() == 1 ? listening.get(0) : null;
  }

  private Path named(Path proc) {
    try {
      String pid = text(root.resolve("var/run/docker.pid"));
      Path directory = proc.resolve(pid);
      return pid.matches("[0-9]{1,10}") && isDaemon(directory) ? directory : null;
    } catch (IOException e) {
      return null;
    }
  }

  private boolean isDaemon(Path directory) {
    try {
      return text(directory.resolve("comm")).equals("dockerd");
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> words(Path directory) {
    try {
      return arguments(directory);
    } catch (IOException e) {
      return List.of();
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

  /**
   * The file that it is configured by, be it there or not: where its command line says, else in
   * /etc, or where a rootless one looks (Docker, Rootless mode): in $XDG_CONFIG_HOME, else in
   * ~/.config.
   */
  Path configuration(Path directory, List<String> words) {
    List<String> named = DaemonArguments.settings(words).getOrDefault("config-file", List.of());
    Rootless rootless = Rootless.of(directory);
    String file = rootless == null ? "/etc/docker/daemon.json" : rootless.configuration();
    file = named.isEmpty() ? file : named.get(named.size() - 1);
    if (!file.startsWith("/")) {
      return directory.resolve("cwd").resolve(file);
    }
    return (rootless == null ? root : directory.resolve("root"))
        .resolve(file.replaceFirst("^/+", ""));
  }

  /** A file as the daemon names it. */
  String named(Path file, Path directory) {
    Path own = directory.resolve("root");
    return "/" + (file.startsWith(own) ? own : root).relativize(file);
  }

  /**
   * The bytes of the file that it is configured by. Whoever runs a daemon of his own chooses what
   * lies there: it has to be his, or for all to read, or a link would show what only root may see.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException that says why they can't be told
   */
  byte[] configured(Path file, Path directory) throws IOException {
    if (Files.exists(file) && !isItsOwn(file, directory)) {
      throw new IOException("belongs to another user than the daemon");
    }
    return read(file, FILE_BYTES);
  }

  private static boolean isItsOwn(Path file, Path directory) throws IOException {
    UserPrincipal user = Files.getOwner(directory);
    return user.getName().equals("root")
        || Files.getOwner(file).equals(user)
        || Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
  }

  /**
   * A file's bytes.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException that says why they can't be told
   */
  private static byte[] read(Path file, int most) throws IOException {
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
