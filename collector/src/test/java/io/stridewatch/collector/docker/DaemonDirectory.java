package io.stridewatch.collector.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As much of a host's file system as tells of its dockerd. */
final class DaemonDirectory {
  private final Path root;

  DaemonDirectory(Path root) {
    this.root = root;
  }

  DaemonDirectory runs(String... words) throws IOException {
    write("var/run/docker.pid", "4711");
    write("proc/4711/comm", "dockerd\n");
    return write("proc/4711/cmdline", String.join("\0", words) + "\0");
  }

  DaemonDirectory configured(String json) throws IOException {
    return write("etc/docker/daemon.json", json);
  }

  DaemonDirectory write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }
}
