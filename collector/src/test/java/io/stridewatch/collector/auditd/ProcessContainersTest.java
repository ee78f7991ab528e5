package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.AuditEvent;
import io.stridewatch.collector.auditd.ProcessTable.Status;
import io.stridewatch.event.AuditdDecoder;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessContainersTest {
  private static final String ID = "d".repeat(64);
  private static final String CALL =
      "type=SYSCALL msg=audit(1795233600.003:%d): arch=c000003e syscall=%d success=yes exit=0"
          + " items=1 ppid=20 pid=%d auid=0 uid=0 comm=\"sh\" exe=\"/bin/busybox\"";

  private final Map<Long, Status> there = new HashMap<>();
  private final ProcessContainers containers = ProcessContainers.of(there::get, "lab", "vm");

  @Test
  void aProcessIsLookedForWhenItsCallIsRead() {
    runs(30, ID);
    read(call(1, 2, 30));
    there.clear();
    assertEquals(ID, container(call(1, 2, 30)));
  }

  @Test
  void aProcessThatBecomesAProgramIsLookedForAgain() {
    runs(30, "host");
    read(call(1, 2, 30));
    runs(30, ID);
    read(call(2, 2, 30));
    assertEquals("host", container(call(2, 2, 30)));
    read(call(3, 59, 30));
    assertEquals(ID, container(call(3, 59, 30)));
  }

  @Test
  void recordsOfAnotherNodeAreLeftAsTheyAre() {
    runs(30, ID);
    read("node=elsewhere " + call(1, 2, 30));
    assertEquals("", container("node=elsewhere " + call(1, 2, 30)));
    assertEquals(ID, container("node=vm " + call(1, 2, 30)));
    assertEquals(ID, container("node=lab " + call(1, 2, 30)));
  }

  @Test
  void whatAProgramSaysOfItselfIsTheProgramsOwn() {
    runs(30, ID);
    String said = "type=USER_LOGIN msg=audit(1795233600.003:9): pid=30 uid=0 auid=0 ses=1 msg=";
    assertEquals(ID, container(said + "'op=login pid=40 res=success'"));
  }

  @Test
  void aRecordThatTellsOfNoProcessIsOfNobodyKnows() {
    assertEquals(
        "unknown", container("type=CONFIG_CHANGE msg=audit(1795233600.003:9): op=x res=1"));
    assertEquals("unknown", container("type=SYSCALL msg=audit(1795233600.003:9): pid=x ppid=-3"));
  }

  @Test
  void linesThatAreNoCallsCostNothing() {
    for (String line : List.of("", "n", "node=", "type=", "type=SYSCALL ", "type=SYSCALL msg=x")) {
      read(line);
      containers.read(line.getBytes(UTF_8), 0, line.length());
    }
  }

  @Test
  void elsewhereNobodyIsAsked() {
    assertEquals("", ProcessContainers.none().container(decoded(call(1, 2, 30))));
  }

  /** This test's own process, in a container or not, and its number in the machine's count. */
  @Test
  void thisMachineIsAskedWhereItCanBe() {
    InstantSource clock = InstantSource.system();
    long self = ProcessHandle.current().pid();
    if (Proc.ofThisMachine(clock) == ProcessTable.NONE) {
      return;
    }
    long seconds = clock.instant().getEpochSecond();
    String line = call(1, 2, (int) self).replace("1795233600", Long.toString(seconds));
    String container =
        ProcessContainers.ofThisMachine(NodeNames.ofThisMachine("lab"), clock)
            .container(decoded(line));
    assertEquals(Proc.ofThisMachine(clock).status(self).container(), container);
  }

  private void runs(long pid, String container) {
    there.put(pid, new Status(0, container, false, ""));
  }

  private static String call(int serial, int number, int pid) {
    return CALL.formatted(serial, number, pid);
  }

  private void read(String line) {
    byte[] padded = ("xx" + line + "yy").getBytes(UTF_8);
    containers.read(padded, 2, padded.length - 2);
  }

  private String container(String line) {
    return containers.container(decoded(line));
  }

  private static AuditEvent decoded(String line) {
    return AuditdDecoder.decode("lab", line.getBytes(UTF_8));
  }
}
