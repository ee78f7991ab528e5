package io.stridewatch.collector.auditd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Collector;
import io.stridewatch.CollectorContract;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogCollectorTest implements CollectorContract {
  /** So long after the records that an event with its last record is whole, and others are open. */
  private static final Instant NOW = Instant.parse("2026-11-21T04:00:01Z");

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private Path log;
  private Collector running;
  private Thread thread;

  @BeforeEach
  void makeLog() throws IOException {
    log = Files.createFile(directory.resolve("audit.log"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (running != null) {
      running.close();
      thread.join();
    }
  }

  @Override
  public Collector collector() {
    return collector(true);
  }

  private Collector collector(boolean fromStart) {
    return new AuditLogCollector(
        log, directory.resolve("cursor"), fromStart, "lab", () -> NOW, AuditedHost.elsewhere());
  }

  @Override
  public void say(int number) throws IOException {
    write(syscall(number) + proctitle(number));
  }

  @Override
  public boolean acknowledged(int number) throws IOException {
    Path cursor = directory.resolve("cursor");
    long safe = (long) number * (syscall(1) + proctitle(1)).length();
    return Files.exists(cursor) && Files.readString(cursor).contains("\"offset\":" + safe + "}");
  }

  @Override
  public void breakSource() throws IOException {
    Files.delete(log);
  }

  @Test
  void makesOneRecordOfAnEventsLines() throws Exception {
    start(true);
    say(3);
    SourceRecord record = kept.await(1).get(0);
    assertEquals((syscall(3) + proctitle(3)).strip(), text(record));
    assertEquals("io.stridewatch.auditd.event", record.type());
    assertEquals("lab", record.scope());
    assertEquals(Instant.parse("2026-11-21T04:00:00.003Z"), record.time());
    assertTrue(record.id().contains("1795233600.003:103"), record.id());
  }

  @Test
  void startsBehindTheLastLineWithoutACursor() throws Exception {
    say(1);
    start(false);
    awaitCursor();
    say(2);
    assertTrue(text(kept.await(1).get(0)).contains("number-2"));
  }

  @Test
  void readsTheOldFileToItsEndWhenTheLogIsRotated() throws Exception {
    start(true);
    say(1);
    kept.await(1);
    write(syscall(2));
    Files.move(log, directory.resolve("audit.log.1"));
    write(proctitle(2), directory.resolve("audit.log.1"));
    write(syscall(3) + proctitle(3));
    List<SourceRecord> records = kept.await(3);
    assertEquals((syscall(2) + proctitle(2)).strip(), text(records.get(1)));
    assertTrue(text(records.get(2)).contains("number-3"));
  }

  @Test
  void staysWithARenamedFileUntilTheNewOneIsBegun() throws Exception {
    start(true);
    say(1);
    kept.await(1);
    Files.move(log, directory.resolve("elsewhere"));
    write(syscall(2) + proctitle(2), directory.resolve("elsewhere"));
    kept.await(2);
    say(3);
    assertTrue(text(kept.await(3).get(2)).contains("number-3"));
  }

  @Test
  void startsOverWhenTheLogIsCutInPlace() throws Exception {
    start(true);
    say(1);
    say(2);
    kept.await(2);
    Files.write(log, new byte[0]);
    Files.write(log, new byte[300]);
    say(3);
    assertTrue(text(kept.await(3).get(2)).contains("number-3"));
    assertEquals(List.of(), kept.rejected());
  }

  @Test
  void findsItsPlaceInAFileThatWasRotatedWhileItWasDown() throws Exception {
    start(true);
    say(1);
    kept.await(1);
    awaitCursorAt(1);
    stop();
    say(2);
    Files.move(log, directory.resolve("audit.log.2"));
    say(3);
    Files.move(log, directory.resolve("audit.log.1"));
    Files.setLastModifiedTime(
        directory.resolve("audit.log.2"),
        java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(60)));
    say(4);
    start(true);
    List<SourceRecord> records = kept.await(4);
    assertTrue(text(records.get(1)).contains("number-2"), text(records.get(1)));
    assertTrue(text(records.get(2)).contains("number-3"), text(records.get(2)));
    assertTrue(text(records.get(3)).contains("number-4"), text(records.get(3)));
  }

  @Test
  void readsWhatIsThereWhenTheFileOfItsPlaceIsGone() throws Exception {
    start(true);
    say(1);
    kept.await(1);
    awaitCursorAt(1);
    stop();
    Files.delete(log);
    say(2);
    start(true);
    assertTrue(text(kept.await(2).get(1)).contains("number-2"));
  }

  @Test
  void catchesUpThroughRotationsThatWereCompressedMeanwhile() throws Exception {
    start(true);
    say(1);
    kept.await(1);
    awaitCursorAt(1);
    stop();
    say(2);
    pack("audit.log.3.gz");
    say(3);
    pack("audit.log.2.gz");
    say(4);
    Files.move(log, directory.resolve("audit.log.1"));
    say(5);
    start(true);
    assertEquals(
        List.of("number-1", "number-2", "number-3", "number-4", "number-5"),
        kept.await(5).stream()
            .map(record -> text(record).replaceFirst("(?s).*(number-\\d).*", "$1"))
            .toList());
  }

  /** As logrotate does: the packed file is of the time of what it holds. */
  private void pack(String name) throws IOException {
    Path packed = directory.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(log, out);
    }
    Files.setLastModifiedTime(packed, Files.getLastModifiedTime(log));
    Files.delete(log);
  }

  @Test
  void setsForeignLinesAside() throws Exception {
    start(true);
    write("what is this\n");
    say(1);
    kept.await(1);
    assertTrue(kept.awaitRejected(1).get(0).reason().startsWith("not an audit record: "));
  }

  @Test
  void goesBackToTheFirstOpenEventAfterACrash() throws Exception {
    start(true);
    write(syscall(1) + syscall(2) + proctitle(2));
    say(3);
    kept.await(2);
    stop();
    write(proctitle(1));
    start(true);
    List<String> texts = kept.await(3).stream().map(AuditLogCollectorTest::text).toList();
    assertTrue(texts.contains((syscall(1) + proctitle(1)).strip()), texts.toString());
  }

  private void start(boolean fromStart) {
    running = collector(fromStart);
    thread =
        new Thread(
            () -> {
              try {
                running.run(kept);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
  }

  private void awaitCursor() throws Exception {
    while (Files.notExists(directory.resolve("cursor"))) {
      Thread.onSpinWait();
    }
  }

  private void awaitCursorAt(int number) throws Exception {
    while (!acknowledged(number)) {
      Thread.onSpinWait();
    }
  }

  private void write(String text) throws IOException {
    write(text, log);
  }

  private static void write(String text, Path path) throws IOException {
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String syscall(int number) {
    return "type=SYSCALL msg=audit(1795233600.00%d:10%d): arch=c000003e syscall=268 comm=\"number-%d\"\n"
        .formatted(number, number, number);
  }

  private static String proctitle(int number) {
    return "type=PROCTITLE msg=audit(1795233600.00%d:10%d): proctitle=\"x\"\n"
        .formatted(number, number);
  }

  private static String text(SourceRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }
}
