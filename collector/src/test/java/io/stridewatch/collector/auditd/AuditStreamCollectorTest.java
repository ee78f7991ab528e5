package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
  private ServerSocketChannel auditd;
  private AuditStreamCollector collector;
  private Thread thread;

  @BeforeEach
  void listen() throws IOException {
    auditd = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    auditd.bind(UnixDomainSocketAddress.of(directory.resolve("audispd_events")));
    collector = AuditStreamCollector.socket(directory.resolve("audispd_events"), "lab", () -> NOW);
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
      assertEquals(NOW, kept.readUpTo().get("auditd lab"));
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
            new ByteArrayInputStream(lines.getBytes(UTF_8)), "lab", () -> NOW);
    assertThrows(IOException.class, () -> plugin.run(kept));
    assertTrue(plugin.ended().isDone());
    assertEquals(2, kept.records().size());
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
    AuditStreamCollector nowhere =
        AuditStreamCollector.socket(directory.resolve("nothing"), "lab", () -> NOW);
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
