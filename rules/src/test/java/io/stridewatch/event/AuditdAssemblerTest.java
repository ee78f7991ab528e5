package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditdAssemblerTest {
  private final List<String> events = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private final AuditdAssembler assembler = assembler(1 << 20);

  private AuditdAssembler assembler(long maxPending) {
    return new AuditdAssembler(
        (raw, part) -> events.add((part == 0 ? "" : "+" + part + " ") + text(raw)),
        (line, reason) -> rejected.add(reason + "|" + text(line)),
        maxPending);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String line(String type, String stamp, String fields) {
    return "type=" + type + " msg=audit(" + stamp + "): " + fields;
  }

  private void feed(String... lines) {
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      assembler.accept(bytes, 0, bytes.length);
    }
  }

  @Test
  void closesAnEventAtItsEndRecordAndLeavesThatOut() {
    String call = line("SYSCALL", "10.000:7", "syscall=59");
    String path = line("PATH", "10.000:7", "name=\"/x\"");
    feed(call, path, line("EOE", "10.000:7", ""));
    assertEquals(List.of(call + "\n" + path), events);
    assertEquals(0, assembler.pendingBytes());
  }

  @Test
  void keepsEventsApartWhoseRecordsInterleave() {
    String a = line("SYSCALL", "10.000:7", "a");
    String b = line("SYSCALL", "10.000:8", "b");
    String a2 = line("PATH", "10.000:7", "a2");
    String b2 = line("PATH", "10.000:8", "b2");
    feed(a, b, a2, b2);
    assembler.flush();
    assertEquals(List.of(a + "\n" + a2, b + "\n" + b2), events);
  }

  @Test
  void keepsEventsApartThatShareASerial() {
    String a = line("SYSCALL", "10.000:7", "a");
    String b = line("SYSCALL", "10.004:7", "b");
    String c = "node=other " + a;
    feed(a, b, c);
    assembler.flush();
    assertEquals(List.of(a, b, c), events);
  }

  @Test
  void closesWhatIsMoreThanTwoSecondsOlderThanTheNewestRecordOfItsNode() {
    String old = line("SYSCALL", "10.000:7", "a");
    feed(old, "node=fast " + line("SYSCALL", "99.000:1", ""), line("SYSCALL", "12.000:8", ""));
    assertEquals(List.of(), events);
    feed(line("SYSCALL", "12.001:9", ""));
    assertEquals(List.of(old), events);
  }

  @Test
  void givesAStragglerAPartOfItsOwn() {
    String call = line("SYSCALL", "10.000:7", "a");
    String late = line("PATH", "10.000:7", "b");
    feed(call, line("SYSCALL", "20.000:8", ""), late);
    assertEquals(List.of(call, "+1 " + late), events);
    feed(late);
    assertEquals("+2 " + late, events.get(2));
    assertEquals(2, assembler.stragglers());
  }

  @Test
  void anOldStragglerDoesNotTearOpenEventsApart() {
    String call = line("SYSCALL", "1000.000:7", "a");
    String old = line("PATH", "10.000:1", "b");
    String path = line("PATH", "1000.001:7", "c").replace("1000.001", "1000.000");
    feed(call, old, path, line("EOE", "1000.000:7", ""));
    assertEquals(List.of(old, call + "\n" + path).get(1), events.get(events.size() - 1));
  }

  @Test
  void goesOnAfterTheClockWasSetBack() {
    String before = line("SYSCALL", "9000.000:7", "a");
    String after = line("SYSCALL", "1000.000:8", "b");
    String path = line("PATH", "1000.000:8", "c");
    feed(
        before, after, line("SYSCALL", "1001.000:9", ""), path, line("SYSCALL", "1003.000:10", ""));
    assertEquals(List.of(after + "\n" + path), events);
  }

  @Test
  void handsOnTheOldestEarlyWhenTooMuchIsOpen() {
    AuditdAssembler small = assembler(100);
    byte[] first = line("SYSCALL", "10.000:7", "x".repeat(40)).getBytes(StandardCharsets.UTF_8);
    byte[] second = line("SYSCALL", "10.000:8", "y".repeat(40)).getBytes(StandardCharsets.UTF_8);
    small.accept(first, 0, first.length);
    small.accept(second, 0, second.length);
    assertEquals(List.of(text(first)), events);
    assertEquals(1, small.early());
    assertEquals(second.length, small.pendingBytes());
  }

  @Test
  void byTheClockAnEventIsClosedSoonAfterItsUsualLastRecord() {
    String whole = line("PROCTITLE", "10.000:7", "proctitle=\"x\"");
    String open = line("SYSCALL", "10.000:8", "a");
    feed(whole, open);
    assembler.advanceTo(10_101_000_000L);
    assertEquals(List.of(whole), events);
    assembler.advanceTo(12_000_000_001L);
    assertEquals(List.of(whole, open), events);
  }

  @Test
  void setsAsideWhatIsNoAuditRecordWithTheReason() {
    feed("", "----", "type=SYSCALL msg=audit(10.000:", "node=vm hello");
    feed("type=PATH msg=audit(99999999999999999999.1:1): ", "type= msg=audit(1.0:1): x");
    assertEquals(
        List.of(
            "not an audit record: it does not begin with type= or node=|----",
            "not an audit record: its serial is not a number|type=SYSCALL msg=audit(10.000:",
            "not an audit record: it does not begin with type= or node=|node=vm hello",
            "not an audit record: its time is not a number of seconds"
                + "|type=PATH msg=audit(99999999999999999999.1:1): ",
            "not an audit record: its type is empty|type= msg=audit(1.0:1): x"),
        rejected);
    assertEquals(5, assembler.rejected());
  }

  @Test
  void holdsNoMoreNodesThanItsBound() {
    for (int i = 0; i < 10_000; i++) {
      feed("node=n" + i + " " + line("SYSCALL", "10.000:7", ""));
    }
    assembler.flush();
    assertEquals(10_000, events.size());
  }
}
