package io.stridewatch.collector.docker;

import io.stridewatch.event.DaemonArguments;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a process listens: what it has open, by the kernel's own list (proc(5), net/unix). */
final class DaemonSockets {
  /** Where dockerd listens unless told otherwise. */
  static final String USUAL = "/run/docker.sock";

  private static final int MOST_LINES = 100_000;

  private final Path process;

  DaemonSockets(Path process) {
    this.process = process;
  }

  /** A socket's path as it is compared: /var/run is /run. */
  static String path(String socket) {
    return socket.replaceAll("/+", "/").replaceFirst("^/var/run/", "/run/");
  }

  /** Whether it listens there; by its command line where nobody may see what it has open. */
  boolean listens(String socket, List<String> words) {
    try {
      return isOpen(inodes(socket));
    } catch (IOException | DirectoryIteratorException e) {
      List<String> hosts =
          DaemonArguments.settings(words).getOrDefault("hosts", List.of("unix://" + USUAL));
      return hosts.stream()
          .anyMatch(host -> host.startsWith("unix://") && path(host.substring(7)).equals(socket));
    }
  }

  /** Of the sockets with that name in the process's own network. */
  private Set<String> inodes(String socket) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (BufferedReader lines =
        Files.newBufferedReader(process.resolve("net/unix"), StandardCharsets.ISO_8859_1)) {
      String line = lines.readLine();
      for (int i = 0; line != null && i < MOST_LINES; i++) {
        // Num RefCount Protocol Flags Type St Inode Path
        String[] words = line.split(" +", 8);
        if (words.length == 8 && path(words[7]).equals(socket)) {
          inodes.add("socket:[" + words[6] + "]");
        }
        line = lines.readLine();
      }
    }
    return inodes;
  }

  private boolean isOpen(Set<String> inodes) throws IOException {
    if (inodes.isEmpty()) {
      return false;
    }
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : open) {
        if (inodes.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    }
    return false;
  }
}
