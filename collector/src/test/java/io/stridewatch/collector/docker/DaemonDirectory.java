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

  /** As a rootless one does, with that environment. */
  DaemonDirectory runsRootless(String pid, String socket, String... environment)
      throws IOException {
    write("proc/" + pid + "/comm", "dockerd\n");
    write("proc/" + pid + "/cmdline", "dockerd\0");
    String variables = String.join("\0", environment) + "\0ROOTLESSKIT_STATE_DIR=/tmp/kit\0";
    write("proc/" + pid + "/environ", variables);
    String listed = "0000000000000000: 00000002 00000000 00010000 0001 01 %s %s%n";
    write(
        "proc/" + pid + "/net/unix",
        "Num       RefCount Protocol Flags    Type St Inode Path\n"
            + listed.formatted("77" + pid, socket)
            + listed.formatted("88", "@/tmp/dbus"));
    Path open = Files.createDirectories(root.resolve("proc/" + pid + "/fd"));
    Files.createSymbolicLink(open.resolve("0"), Path.of("pipe:[5]"));
    Files.createSymbolicLink(open.resolve("9"), Path.of("socket:[77" + pid + "]"));
    return this;
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
