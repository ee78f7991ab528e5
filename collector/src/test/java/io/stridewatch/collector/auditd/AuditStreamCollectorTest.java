package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditStreamCollectorTest {
  private static final Instant NOW = Instant.parse("2026-11-21T04:00:10Z");

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private final AtomicLong asked = new AtomicLong();
  private ServerSocketChannel auditd;
  private AuditStreamCollector collector;
  private Thread thread;

  @BeforeEach
  void listen() throws IOException {
    auditd = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    auditd.bind(UnixDomainSocketAddress.of(directory.resolve("audispd_events")));
    collector = socket("audispd_events", null);
  }

  private AuditStreamCollector socket(String name, Path log) {
    Path cursor = directory.resolve("cursor");
    return AuditStreamCollector.socket(
        directory.resolve(name), "lab", this::now, AuditedHost.elsewhere(), log, cursor);
  }

  /** A tenth of a second later each time. */
  private Instant now() {
    return NOW.plusMillis(100L * asked.incrementAndGet());
  }

  @AfterEach
  void stop() throws Exception {
    collector.close();
    if (thread != null) {
      thread.join();
    }
    auditd.close();
  }

  @Test
  void closesAnEventAtItsEndRecordAndKeepsItsLinesWithoutThat() throws Exception {
    start();
    try (SocketChannel client = auditd.accept()) {
      write(client, event(1) + event(2));
      List<SourceRecord> records = kept.await(2);
      assertEquals(event(1).replaceFirst("\ntype=EOE.*\n", ""), text(records.get(0)));
      assertEquals("lab", records.get(0).scope());
    }
  }

  @Test
  void saysHowFarItHasHeardOnlyOnceItHasHeardSomething() throws Exception {
    start();
    try (SocketChannel client = auditd.accept()) {
      assertTrue(kept.readUpTo().isEmpty());
      write(client, event(1));
      kept.awaitReadUpTo();
      assertFalse(kept.readUpTo().get("auditd lab").isBefore(NOW));
    }
  }

  @Test
  void connectsAgainAndTellsThatNobodyListened() throws Exception {
    start();
    try (SocketChannel client = auditd.accept()) {
      write(client, event(1));
      kept.await(1);
    }
    try (SocketChannel client = auditd.accept()) {
      write(client, event(2));
      List<SourceRecord> records = kept.await(3);
      assertEquals(Source.PIPELINE, records.get(1).source());
      assertTrue(text(records.get(1)).contains("nobody was connected"), text(records.get(1)));
      assertTrue(text(records.get(2)).contains("number-2"), text(records.get(2)));
    }
  }

  private Path log(int first, int last) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int number = first; number <= last; number++) {
      lines.append(event(number).replaceFirst("type=EOE.*\n", ""));
    }
    return Files.writeString(directory.resolve("audit.log"), lines);
  }

  private List<String> numbers() {
    return kept.records().stream()
        .map(record -> text(record).replaceAll("(?s)^.*comm=\"number-(\\d+)\".*$", "$1"))
        .toList();
  }

  @Test
  void readsWhatItMissedFromTheLogAndNothingTwice() throws Exception {
    collector = socket("audispd_events", log(1, 1));
    start();
    try (SocketChannel client = auditd.accept()) {
      write(client, event(1));
      kept.await(1);
    }
    try (SocketChannel client = auditd.accept()) {
      log(1, 5);
      write(client, event(4).replaceFirst("type=SYSCALL.*\n", "") + event(5) + event(6));
      kept.await(6);
      write(client, event(7));
      kept.await(7);
    }
    assertEquals(List.of("1", "2", "3", "4", "5", "6", "7"), numbers());
  }

  @Test
  void readsWhatItMissedWhileItDidNotRun() throws Exception {
    collector = socket("audispd_events", log(1, 2));
    start();
    try (SocketChannel client = auditd.accept()) {
      write(client, event(1) + event(2));
      kept.await(2);
      collector.close();
      thread.join();
    }
    collector = socket("audispd_events", log(1, 4));
    start();
    try (SocketChannel client = auditd.accept()) {
      write(client, event(5));
      kept.await(5);
    }
    assertEquals(List.of("1", "2", "3", "4", "5"), numbers());
  }

  @Test
  void tellsWhatTheLogNoLongerHas() throws Exception {
    collector = socket("audispd_events", log(1, 1));
    start();
    try (SocketChannel client = auditd.accept()) {
      write(client, event(1));
      kept.await(1);
    }
    try (SocketChannel client = auditd.accept()) {
      String later = event(4).replace("1795233600.001", "1795233605.000");
      Files.writeString(directory.resolve("audit.log"), later.replaceFirst("type=EOE.*\n", ""));
      write(client, event(6).replace("1795233600.001", "1795233605.100"));
      String gap = text(kept.await(4).get(2));
      assertTrue(gap.contains("\"from\":\"2026-11-21T04:00:00.001"), gap);
      assertTrue(gap.contains("\"to\":\"2026-11-21T04:00:05.000"), gap);
      assertTrue(gap.contains("nor is it in its log"), gap);
    }
  }

  @Test
  void givesAgainWhatWasNotKept() throws Exception {
    kept.failTimes(3);
    start();
    try (SocketChannel client = auditd.accept()) {
      write(client, event(1));
      kept.awaitFailed();
      write(client, event(2));
      assertTrue(text(kept.await(2).get(0)).contains("number-1"));
      assertEquals(2, kept.records().size());
    }
  }

  @Test
  void readsOnWhileNothingCanBeKept() throws Exception {
    kept.hold();
    start();
    try (SocketChannel client = auditd.accept()) {
      for (int number = 1; number <= 20_000; number++) {
        write(client, event(number));
      }
      kept.letGo();
      assertEquals(20_000, kept.await(20_000).size());
    }
  }

  @Test
  void asAPlugInItEndsWhenItsInputDoesAndHasKeptAll() throws Exception {
    String lines = event(1) + event(2).replaceFirst("type=EOE.*\n", "");
    AuditStreamCollector plugin =
        AuditStreamCollector.plugin(
            new ByteArrayInputStream(lines.getBytes(UTF_8)),
            "lab",
            () -> NOW,
            AuditedHost.elsewhere());
    assertThrows(IOException.class, () -> plugin.run(kept));
    assertTrue(plugin.ended().isDone());
    assertEquals(2, kept.records().size());
  }

  /** As auditd 3.0.9 was seen to write them. */
  private static byte[] frames(int version, String lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : lines.split("\n")) {
      ByteBuffer frame = ByteBuffer.allocate(16 + 8970).order(ByteOrder.nativeOrder());
      frame.putInt(version).putInt(16).putInt(1300).putInt(line.length() + 1);
      frame.put(line.getBytes(UTF_8));
      out.writeBytes(frame.array());
    }
    return out.toByteArray();
  }

  private IOException ofPlugin(byte[] input) {
    AuditStreamCollector plugin =
        AuditStreamCollector.plugin(
            new ByteArrayInputStream(input), "lab", () -> NOW, AuditedHost.elsewhere());
    return assertThrows(IOException.class, () -> plugin.run(kept));
  }

  @Test
  void readsBinaryFramesAsTheLinesInThem() {
    ofPlugin(frames(1, event(1) + event(2)));
    assertEquals(List.of("1", "2"), numbers());
    assertEquals(event(1).replaceFirst("\ntype=EOE.*\n", ""), text(kept.records().get(0)));
  }

  @Test
  void refusesFramesOfAnotherKindInOneLine() {
    IOException told = ofPlugin(frames(0, event(1)));
    assertTrue(told.getMessage().contains("set format = string"), told.getMessage());
    byte[] tooLong = frames(1, event(1));
    ByteBuffer.wrap(tooLong).order(ByteOrder.nativeOrder()).putInt(12, 9000);
    assertTrue(ofPlugin(tooLong).getMessage().contains("size 9000"));
    assertTrue(ofPlugin(new byte[100]).getMessage().contains("closed"));
    assertEquals(List.of(), numbers());
  }

  @Test
  void linesBeyondTheRoomAreDroppedAndCounted() throws Exception {
    AuditLines lines = new AuditLines(1000);
    for (int i = 0; i < 20; i++) {
      lines.add(new byte[36], NOW);
    }
    assertEquals(10, lines.take(1).size());
    assertEquals(new AuditLines.Dropped(10, NOW), lines.dropped());
    assertEquals(null, lines.dropped());
  }

  @Test
  void saysWhatIsWrongWhenNobodyListensThere() {
    AuditStreamCollector nowhere = socket("nothing", null);
    IOException told = assertThrows(IOException.class, () -> nowhere.run(kept));
    assertTrue(told.getMessage().contains("is auditd running"), told.getMessage());
  }

  private void start() {
    thread =
        new Thread(
            () -> {
              try {
                supervise();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
  }

  private void supervise() throws InterruptedException {
    boolean ended = false;
    while (!ended) {
      try {
        collector.run(kept);
        ended = true;
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static void write(SocketChannel to, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static String event(int number) {
    String stamp = "msg=audit(1795233600.001:%d): ".formatted(100 + number);
    return "type=SYSCALL %sarch=c000003e syscall=268 comm=\"number-%d\"\n".formatted(stamp, number)
        + "type=PROCTITLE %sproctitle=\"x\"\n".formatted(stamp)
        + "type=EOE %s\n".formatted(stamp);
  }

  private static String text(SourceRecord record) {
    return new String(record.value(), UTF_8);
  }
}
