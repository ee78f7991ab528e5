package io.stridewatch.collector.auditd;

import io.stridewatch.AuditEvent;
import io.stridewatch.Found;
import java.time.InstantSource;

/**
 * The machine that audit records tell of, where that is this one: what it shows and the records
 * don't say. One thread, which must not be the one that reads a socket.
 */
public final class AuditedHost {
  private final NodeNames names;
  private final ProcessContainers containers;
  private final WatchedFiles files;

  AuditedHost(NodeNames names, ProcessContainers containers, WatchedFiles files) {
    this.names = names;
    this.containers = containers;
    this.files = files;
  }

  /** Nobody looks: the records are not this machine's. */
  public static AuditedHost elsewhere() {
    return new AuditedHost(null, ProcessContainers.none(), null);
  }

  /**
   * This machine.
   *
   * @param scope what it is called, beside its own name, where records name their node
   * @param clock its own
   */
  public static AuditedHost thisMachine(String scope, InstantSource clock) {
    NodeNames names = NodeNames.ofThisMachine(scope);
    return new AuditedHost(
        names, ProcessContainers.ofThisMachine(names, clock), WatchedFiles.ofThisMachine(clock));
  }

  /** A record was read: its process is looked for while it may still be there. */
  void read(byte[] line, int from, int to) {
    containers.read(line, from, to);
  }

  /** What is found beside an event; nothing for what is another machine's. */
  Found found(AuditEvent event) {
    if (names == null || !names.has(event)) {
      return Found.NOTHING;
    }
    return new Found(containers.container(event), files.watched(event));
  }
}
