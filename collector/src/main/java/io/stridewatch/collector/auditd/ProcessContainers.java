package io.stridewatch.collector.auditd;

import io.stridewatch.AuditEvent;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.auditd.ProcessMap.Seen;
import io.stridewatch.event.AuditdDecoder;
import io.stridewatch.event.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * In which container the processes ran that this machine's audit records tell of: the records don't
 * say. A process is looked for as soon as its SYSCALL record is read, for many have ended when
 * their event is whole. Records of another node are left as they are. One thread, which must not be
 * the one that reads a socket.
 */
final class ProcessContainers {
  private static final byte[] SYSCALL = "type=SYSCALL ".getBytes(StandardCharsets.US_ASCII);

  private final ProcessTable table;
  private final ProcessMap processes;
  private final NodeNames names;

  private ProcessContainers(ProcessTable table, NodeNames names) {
    this.table = table;
    this.processes = new ProcessMap(table);
    this.names = names;
  }

  /** Looks for none: the records are not this machine's. */
  static ProcessContainers none() {
    return new ProcessContainers(ProcessTable.NONE, new NodeNames(List.of()));
  }

  /**
   * This machine's; none where its processes can't be looked at, as from within a container that
   * has process numbers of its own.
   *
   * @param clock the host's
   */
  static ProcessContainers ofThisMachine(NodeNames names, InstantSource clock) {
    return new ProcessContainers(Proc.ofThisMachine(clock), names);
  }

  /** Of processes that a test makes up. */
  static ProcessContainers of(ProcessTable table, String... names) {
    return new ProcessContainers(table, new NodeNames(List.of(names)));
  }

  /** A record was read: its process is looked for while it may still be there. */
  void read(byte[] line, int from, int to) {
    if (table == ProcessTable.NONE || !isCall(line, from, to)) {
      return;
    }
    try {
      look(AuditdDecoder.decode("", Arrays.copyOfRange(line, from, to)));
    } catch (UnreadableRecordException e) {
      // It is told of when its event is put together.
    }
  }

  private static boolean isCall(byte[] line, int from, int to) {
    int type = from;
    if (from < to && line[from] == 'n') { // node=NAME
      type = ByteSearch.indexOf((byte) ' ', line, from, to) + 1;
    }
    int end = type + SYSCALL.length;
    return end < to && Arrays.equals(line, type, end, SYSCALL, 0, SYSCALL.length);
  }

  private void look(AuditEvent call) {
    Seen seen = names.has(call) ? seen(call) : null;
    if (seen == null) {
      return;
    }
    if (first(call, "syscall").startsWith("execve")) {
      processes.look(seen);
    } else {
      processes.container(seen);
    }
  }

  /** A container's id, {@code host}, {@code unknown}; empty for what is not this machine's. */
  String container(AuditEvent event) {
    if (table == ProcessTable.NONE || !names.has(event)) {
      return "";
    }
    Seen seen = seen(event);
    if (seen == null) {
      return ProcessMap.UNKNOWN;
    }
    String container = processes.container(seen);
    if (!event.values("execID").isEmpty()) {
      processes.executes(seen.pid());
    }
    return container;
  }

  /** Null when the record tells of no process. */
  private static Seen seen(AuditEvent event) {
    long pid = number(first(event, "pid"));
    return pid <= 0
        ? null
        : new Seen(pid, number(first(event, "ppid")), first(event, "program"), event.nanos());
  }

  private static String first(AuditEvent event, String field) {
    List<String> values = event.values(field);
    return values.isEmpty() ? "" : values.get(0);
  }

  private static long number(String digits) {
    return digits.matches("\\d{1,10}") ? Long.parseLong(digits) : -1;
  }
}
