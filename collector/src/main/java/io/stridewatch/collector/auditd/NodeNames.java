package io.stridewatch.collector.auditd;

import io.stridewatch.AuditEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What records of this machine may call it in {@code node=}; most call it nothing. */
record NodeNames(List<String> names) {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** The given name and the machine's own. */
  static NodeNames ofThisMachine(String scope) {
    return new NodeNames(List.of(scope, hostName()));
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  /** Whether the event is this machine's. */
  boolean has(AuditEvent event) {
    List<String> node = event.values("node");
    return node.isEmpty() || node.get(0).isEmpty() || names.contains(node.get(0));
  }
}
