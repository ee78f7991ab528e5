package io.stridewatch.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastLogTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;

  private void file(String name, String text, Instant modified) throws IOException {
    Path path = directory.resolve(name);
    try (OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(path))
            : Files.newOutputStream(path)) {
      out.write(text.getBytes(UTF_8));
    }
    Files.setLastModifiedTime(path, FileTime.from(modified));
  }

  private static List<String> lines(PastLog past) throws IOException {
    List<String> lines = new ArrayList<>();
    while (past.next()) {
      lines.add(new String(past.line().bytes(), UTF_8));
    }
    return lines;
  }

  @Test
  void readsWhatWasRotatedSinceAndOneFileMoreOldestFirst() throws IOException {
    file("audit.log.4", "never\n", NOON.minusSeconds(400));
    file("audit.log.3.gz", "a\n", NOON.minusSeconds(300));
    file("audit.log.2.gz", "b\nc", NOON.minusSeconds(200));
    file("audit.log.1", "d\n", NOON.minusSeconds(100));
    file("audit.log", "e\nhal", NOON);
    try (PastLog past = PastLog.since(directory.resolve("audit.log"), NOON.minusSeconds(250))) {
      Files.move(directory.resolve("audit.log.1"), directory.resolve("audit.log.5"));
      assertEquals(List.of("a", "b", "c", "d", "e"), lines(past));
      Files.writeString(directory.resolve("audit.log"), "f\n", StandardOpenOption.APPEND);
      assertEquals(List.of("half"), lines(past));
    }
  }

  @Test
  void needsTheLogItself() {
    assertThrows(IOException.class, () -> PastLog.since(directory.resolve("audit.log"), NOON));
  }
}
