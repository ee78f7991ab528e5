package io.stridewatch.collector.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Emitter;
import io.stridewatch.Found;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.Rejected;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiskBufferTest {
  private static final Duration PATIENCE = Duration.ofMillis(50);

  @TempDir Path directory;

  private final MemoryEmitter kafka = new MemoryEmitter();

  @Test
  void givesRecordsToKafkaAndKeepsNothingWhileItAnswers() throws Exception {
    try (DiskBuffer buffer = buffer(1 << 20)) {
      buffer.emit(List.of(record(1), record(2)));
      assertEquals(List.of(1, 2), numbers(kafka.records()));
      assertEquals(0, buffer.bytes());
    }
  }

  @Test
  void returnsWhileKafkaIsSilentAndGivesEachRecordOnceInOrder() throws Exception {
    try (DiskBuffer buffer = buffer(1 << 20)) {
      kafka.hold();
      for (int number = 1; number <= 100; number++) {
        buffer.emit(List.of(record(number)));
      }
      assertTrue(buffer.bytes() > 100);
      kafka.letGo();
      assertEquals(IntStream.rangeClosed(1, 100).boxed().toList(), numbers(kafka.await(100)));
    }
  }

  @Test
  void keepsWhatWasFoundBesideARecord() {
    Found found = new Found("host", "/etc/shadow");
    Given given = new Given(List.of(record(1).with(found), record(2)), null);
    List<SourceRecord> again = Given.of(joined(given)).records();
    assertEquals(List.of(found, Found.NOTHING), again.stream().map(SourceRecord::found).toList());
  }

  @Test
  void keepsLargeRecordsAsTheyWere() throws Exception {
    byte[] large = new byte[300_000];
    new Random(4).nextBytes(large);
    SourceRecord one = record(1);
    SourceRecord record = one.with(large).with(new Found("host", ""));
    try (SegmentLog log = new SegmentLog(directory, 1 << 20, 1 << 19)) {
      log.append(new Given(List.of(one, record, one), null).parts());
      List<SourceRecord> again = Given.of(log.next(1, 1).get(0).bytes()).records();
      assertEquals(3, again.size());
      assertArrayEquals(large, again.get(1).value());
      assertEquals("host", again.get(1).found().container());
      assertArrayEquals(one.value(), again.get(2).value());
    }
  }

  private static byte[] joined(Given given) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Arrays.stream(given.parts()).forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  @Test
  void readsWhatTheVersionBeforeKept() {
    byte[] now = joined(new Given(List.of(record(1)), null));
    byte[] then = Arrays.copyOf(now, now.length - Integer.BYTES); // It had no container.
    then[0] = 1;
    assertEquals(List.of(1), numbers(Given.of(then).records()));
  }

  @Test
  void keepsWhatKafkaRefused() throws Exception {
    try (DiskBuffer buffer = buffer(1 << 20)) {
      kafka.failTimes(3);
      buffer.emit(List.of(record(1)));
      buffer.reject(new Rejected(record(2), "broken"));
      assertEquals(List.of(1), numbers(kafka.await(1)));
      assertEquals("broken", kafka.awaitRejected(1).get(0).reason());
    }
  }

  @Test
  void refusesWhatThereIsNoRoomFor() throws Exception {
    try (DiskBuffer buffer = buffer(400)) {
      kafka.hold();
      buffer.emit(List.of(record(1)));
      assertThrows(
          IOException.class,
          () -> {
            for (int number = 2; number < 10; number++) {
              buffer.emit(List.of(record(number)));
            }
          });
      kafka.letGo();
      kafka.await(1);
    }
  }

  @Test
  void goesOnAfterAKillWithATornLastWrite() throws Exception {
    fill(10);
    Path last = segments().get(segments().size() - 1);
    byte[] torn = {0, 0, 0, 50, 1, 2, 3, 4, 5, 6};
    Files.write(last, torn, StandardOpenOption.APPEND);
    try (DiskBuffer buffer = buffer(1 << 20)) {
      buffer.emit(List.of(record(11)));
      assertEquals(IntStream.rangeClosed(1, 11).boxed().toList(), numbers(kafka.await(11)));
      assertEquals(1, buffer.setAside());
    }
    assertArrayEquals(torn, Files.readAllBytes(withSuffix(".torn").get(0)));
  }

  @Test
  void setsABrokenEntryAsideAloneAndGivesThoseBehindIt() throws Exception {
    fill(3);
    Path first = segments().get(0);
    byte[] bytes = Files.readAllBytes(first);
    bytes[20] ^= 1;
    Files.write(first, bytes);
    try (DiskBuffer buffer = buffer(1 << 20)) {
      assertEquals(List.of(2, 3), numbers(kafka.await(2)));
      assertEquals(1, buffer.setAside());
    }
  }

  @Test
  void keepsEachThingThatIsSetAsideInAFileOfItsOwn() throws Exception {
    try (SegmentLog log = log(1 << 20)) {
      SegmentLog.Place place = log.append(new byte[] {1});
      log.setAside(place, new byte[] {1}, "torn");
      log.setAside(place, new byte[] {2}, "torn");
    }
    try (var files = Files.list(directory)) {
      assertEquals(2, files.filter(file -> file.toString().contains(".torn")).count());
    }
  }

  @Test
  void setsAsideWhatAnotherVersionWroteAndGoesOn() throws Exception {
    fill(1);
    try (SegmentLog log = log(1 << 20)) {
      log.append(new byte[] {99, 1, 2, 3});
      log.append(new Given(List.of(record(3)), null).parts());
    }
    try (DiskBuffer buffer = buffer(1 << 20)) {
      assertEquals(List.of(1, 3), numbers(kafka.await(2)));
      assertEquals(1, buffer.setAside());
    }
    assertArrayEquals(new byte[] {99, 1, 2, 3}, Files.readAllBytes(withSuffix(".refused").get(0)));
  }

  @Test
  void setsAsideWhatWillNeverBeTakenAndGivesItsNeighbours() throws Exception {
    fill(5);
    Emitter picky = new Picky(kafka);
    try (DiskBuffer buffer = new DiskBuffer(picky, PATIENCE, log(1 << 20))) {
      assertEquals(List.of(1, 2, 4, 5), numbers(kafka.await(4)));
      assertEquals(1, buffer.setAside());
    }
    assertEquals(1, withSuffix(".refused").size());
  }

  /** Never takes record 3. */
  private record Picky(Emitter emitter) implements Emitter {
    @Override
    public void emit(List<SourceRecord> records) throws IOException, InterruptedException {
      if (numbers(records).contains(3)) {
        throw new IllegalArgumentException("3 can't be kept");
      }
      emitter.emit(records);
    }

    @Override
    public void reject(Rejected rejected) throws IOException, InterruptedException {
      emitter.reject(rejected);
    }
  }

  @Test
  void forgetsNothingAndRepeatsNothingHoweverItIsStoppedAndStarted() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      Path place = directory.resolve("" + seed);
      List<Integer> given = new ArrayList<>();
      List<Integer> taken = new ArrayList<>();
      SegmentLog log = new SegmentLog(place, 1 << 20, 1 + random.nextInt(2000));
      for (int step = 0; step < 300; step++) {
        int dice = random.nextInt(10);
        if (dice < 5) {
          given.add(step);
          log.append(new Given(List.of(record(step)), null).parts());
        } else if (dice < 9) {
          take(log, 1 + random.nextInt(5), taken);
        } else {
          log.close();
          log = new SegmentLog(place, 1 << 20, 1 + random.nextInt(2000));
        }
      }
      while (!log.isEmpty()) {
        take(log, 100, taken);
      }
      log.close();
      assertEquals(given, taken, "seed " + seed);
    }
  }

  private static void take(SegmentLog log, int most, List<Integer> taken) throws IOException {
    List<SegmentLog.Entry> entries = log.next(most, 1 << 20);
    for (SegmentLog.Entry entry : entries) {
      taken.addAll(numbers(Given.of(entry.bytes()).records()));
    }
    if (!entries.isEmpty()) {
      log.remove(entries.get(entries.size() - 1));
    }
  }

  private void fill(int records) throws IOException {
    try (SegmentLog log = log(1 << 20)) {
      for (int number = 1; number <= records; number++) {
        log.append(new Given(List.of(record(number)), null).parts());
      }
    }
  }

  private SegmentLog log(long bytes) throws IOException {
    return new SegmentLog(directory, bytes, 300);
  }

  private DiskBuffer buffer(long bytes) throws IOException {
    return new DiskBuffer(kafka, PATIENCE, log(bytes));
  }

  private List<Path> segments() throws IOException {
    return withSuffix(".segment");
  }

  private List<Path> withSuffix(String suffix) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static SourceRecord record(int number) {
    return new SourceRecord(
        Source.DOCKER,
        "",
        "" + number,
        "t",
        Instant.EPOCH,
        "text/plain",
        "lab",
        "x".getBytes(UTF_8));
  }

  private static List<Integer> numbers(List<SourceRecord> records) {
    return records.stream().map(record -> Integer.parseInt(record.id())).toList();
  }
}
