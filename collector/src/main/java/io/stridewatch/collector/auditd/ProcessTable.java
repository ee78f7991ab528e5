package io.stridewatch.collector.auditd;

/** The processes of the machine whose records are read, as they are now. */
interface ProcessTable {
  /** Of a machine that can't be asked. */
  ProcessTable NONE = pid -> null;

  /**
   * A process.
   *
   * @param started nanoseconds since 1970, exact to a tick of the kernel and what the clock was set
   *     by since
   * @param container the container that it runs in, or {@link ContainerCgroup#HOST}
   * @param starter whether it belongs to a runtime and runs on the host, so that its children may
   *     be a container's
   * @param starts the container that its children are of; empty when it does not say
   */
  record Status(long started, String container, boolean starter, String starts) {}

  /** Null when it has ended, or may not be looked at. */
  Status status(long pid);
}
