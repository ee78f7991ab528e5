package io.stridewatch.collector.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.Rejected;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    try (SegmentLog log = new SegmentLog(directory, 1 << 20, 300)) {
      for (int number = 1; number <= 10; number++) {
        log.append(new Given(List.of(record(number)), null).bytes());
      }
    }
    Path last = segments().get(segments().size() - 1);
    long size = Files.size(last);
    Files.write(last, new byte[] {0, 0, 0, 50, 1, 2, 3}, StandardOpenOption.APPEND);
    try (DiskBuffer buffer = buffer(1 << 20)) {
      assertEquals(IntStream.rangeClosed(1, 10).boxed().toList(), numbers(kafka.await(10)));
      buffer.emit(List.of(record(11)));
      assertEquals(11, numbers(kafka.await(11)).get(10));
    }
    assertTrue(size > 0);
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
          log.append(new Given(List.of(record(step)), null).bytes());
        } else if (dice < 9 && log.first() != null) {
          byte[] entry = log.first();
          taken.addAll(numbers(Given.of(entry).records()));
          log.removeFirst(entry);
        } else if (dice == 9) {
          log.close();
          log = new SegmentLog(place, 1 << 20, 1 + random.nextInt(2000));
        }
      }
      for (byte[] entry = log.first(); entry != null; entry = log.first()) {
        taken.addAll(numbers(Given.of(entry).records()));
        log.removeFirst(entry);
      }
      log.close();
      assertEquals(given, taken, "seed " + seed);
    }
  }

  private DiskBuffer buffer(long bytes) throws IOException {
    return new DiskBuffer(kafka, PATIENCE, new SegmentLog(directory, bytes, 300));
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
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
