package io.stridewatch.collector.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that keeps records on disk is killed with -9 in the middle of it. */
@Timeout(120)
class DiskBufferIT {
  private static final int KILLED_AT = 2000;

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedOutlivesKillNineAndATornLastWrite() throws Exception {
    int acknowledged = 0;
    for (int kill = 1; kill <= 3; kill++) {
      acknowledged = killedAt(acknowledged, kill * KILLED_AT);
      tearLastWrite();
    }
    MemoryEmitter kafka = new MemoryEmitter();
    try (DiskBuffer buffer = new DiskBuffer(directory, kafka, 1 << 30, Duration.ofSeconds(5))) {
      buffer.emit(List.of(record(acknowledged + 1))); // all that was torn lies before it
      List<SourceRecord> kept = kafka.await(acknowledged + 1);
      assertEquals(
          IntStream.rangeClosed(1, acknowledged + 1).boxed().toList(),
          kept.stream().map(record -> Integer.parseInt(record.id())).toList());
      assertTrue(buffer.setAside() >= 3);
    }
  }

  /** The number of the last record that was acknowledged; one more may be on disk. */
  private int killedAt(int from, int at) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = from;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line.matches("[0-9]+") ? Integer.parseInt(line) : last;
        if (last == at) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return Math.max(last, written());
  }

  private int written() throws IOException {
    int count = 0;
    for (Path file : segments()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; at + 8 <= bytes.length; ) {
        int length = java.nio.ByteBuffer.wrap(bytes).getInt(at);
        if (length <= 0 || at + 8 + length > bytes.length) {
          break;
        }
        count++;
        at += 8 + length;
      }
    }
    return count;
  }

  private void tearLastWrite() throws IOException {
    List<Path> segments = segments();
    byte[] head = {0, 0, 1, 0, 9, 9, 9, 9, 1, 2, 3};
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (Files.size(segments.get(i)) > 0) {
        Files.write(segments.get(i), head, StandardOpenOption.APPEND);
        return;
      }
    }
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  private static SourceRecord record(int number) {
    String id = Integer.toString(number);
    return new SourceRecord(
        Source.KUBERNETES, "", id, "t", Instant.EPOCH, "text/plain", "lab", new byte[300]);
  }

  /** Keeps record after record while Kafka is silent, and tells each that is safe. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      MemoryEmitter silent = new MemoryEmitter();
      silent.hold();
      DiskBuffer buffer =
          new DiskBuffer(Path.of(arguments[0]), silent, 1 << 30, Duration.ofMillis(1));
      for (int number = Integer.parseInt(arguments[1]) + 1; ; number++) {
        buffer.emit(List.of(record(number)));
        System.out.println(number);
        System.out.flush();
      }
    }
  }
}
