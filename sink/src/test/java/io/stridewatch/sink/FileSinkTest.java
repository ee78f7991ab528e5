package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.AlertLike;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest implements SinkContract {
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-21T03:47:10Z");

  private Path path() {
    return folder.resolve("alerts.jsonl");
  }

  @Override
  public Sink sink() throws IOException {
    return open("");
  }

  private Sink open(String options) throws IOException {
    return FileSink.open("file", FileAddress.of(path() + options), () -> now);
  }

  @Override
  public String told() throws IOException {
    return Files.readString(path());
  }

  private void deliver(int... numbers) throws IOException {
    try (Sink sink = sink()) {
      for (int number : numbers) {
        sink.deliver(SampleAlerts.numbered(number));
      }
    }
  }

  private static String line(int number) {
    return AlertJson.line(SampleAlerts.numbered(number)) + "\n";
  }

  @Test
  void appendsToWhatIsThere() throws IOException {
    deliver(1);
    deliver(2);
    assertEquals(line(1) + line(2), told());
  }

  @Test
  void letsNobodyElseReadANewFile() throws IOException {
    deliver(1);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
  }

  @Test
  void cutsATornLastLineWhenItStarts() throws IOException {
    deliver(1);
    Files.writeString(path(), line(2).substring(0, 100), StandardOpenOption.APPEND);
    deliver(3);
    assertEquals(line(1) + line(3), told());
  }

  @Test
  void cutsATornLineLongerThanItsBuffer() throws IOException {
    Files.writeString(path(), line(1) + "x".repeat(200_000));
    deliver(2);
    assertEquals(line(1) + line(2), told());
  }

  @Test
  void emptiesAFileThatIsOneTornLine() throws IOException {
    Files.writeString(path(), "{\"schema\"");
    deliver(1);
    assertEquals(line(1), told());
  }

  @Test
  void writesAnAlertOnceThatAKilledProcessHadWrittenAlready() throws IOException {
    deliver(1, 2);
    deliver(2, 3);
    assertEquals(line(1) + line(2) + line(3), told());
  }

  @Test
  void aReminderWithTheIdOfAnAlertThatIsThereIsWritten() throws IOException {
    deliver(1);
    Alert alert = SampleAlerts.numbered(1);
    Alert reminder = AlertLike.of(alert).by("alice", "still open").alert();
    try (Sink sink = sink()) {
      sink.deliver(reminder);
    }
    assertEquals(alert.id(), reminder.id());
    assertEquals(line(1) + AlertJson.line(reminder) + "\n", told());
  }

  @Test
  void goesOnInANewFileWhenTheOldOneWasMovedAway() throws IOException {
    try (Sink sink = sink()) {
      sink.deliver(SampleAlerts.numbered(1));
      Files.move(path(), folder.resolve("alerts.jsonl.1"));
      sink.deliver(SampleAlerts.numbered(2));
    }
    assertEquals(line(1), Files.readString(folder.resolve("alerts.jsonl.1")));
    assertEquals(line(2), told());
  }

  @Test
  void saysWhichDirectoryIsMissing() {
    Path path = folder.resolve("no/such/alerts.jsonl");
    IOException e =
        assertThrows(
            IOException.class,
            () -> FileSink.open("file", FileAddress.of(path), InstantSource.system()));
    assertTrue(
        e.getMessage().contains("there is no directory " + path.getParent()), e.getMessage());
  }

  @Test
  void saysThatADirectoryIsNoFile() {
    IOException e =
        assertThrows(
            IOException.class,
            () -> FileSink.open("file", FileAddress.of(folder), InstantSource.system()));
    assertTrue(
        e.getMessage().startsWith("cannot write alerts to " + folder + ": "), e.getMessage());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void movesTheFileAwayWhenItIsLargeEnoughAndKeepsTheNewest() throws IOException {
    try (Sink sink = open("#max=1KiB&keep=2")) {
      for (int i = 0; i < 10; i++) {
        sink.deliver(SampleAlerts.numbered(i));
        now = now.plusSeconds(1);
      }
    }
    assertEquals(
        List.of(
            "alerts.jsonl",
            "alerts.jsonl.20261121T034716.000Z",
            "alerts.jsonl.20261121T034718.000Z"),
        files());
    assertEquals(line(8) + line(9), told());
    assertEquals(
        line(6) + line(7), Files.readString(folder.resolve("alerts.jsonl.20261121T034718.000Z")));
  }

  @Test
  void movesTheFileAwayBeforeTheFirstAlertOfANewDayThoughItWasStartedAnew() throws IOException {
    try (Sink sink = open("#age=1d")) {
      sink.deliver(SampleAlerts.numbered(1));
      sink.deliver(SampleAlerts.numbered(2));
    }
    Files.setLastModifiedTime(path(), FileTime.from(now));
    now = Instant.parse("2026-11-22T00:00:00Z");
    try (Sink sink = open("#age=1d")) {
      sink.deliver(SampleAlerts.numbered(3));
    }
    assertEquals(List.of("alerts.jsonl", "alerts.jsonl.20261122T000000.000Z"), files());
    assertEquals(line(3), told());
  }

  @Test
  void writesNoAlertTwiceThatLiesInTheFileMovedAwayBefore() throws IOException {
    try (Sink sink = open("#max=1KiB")) {
      for (int i = 0; i < 3; i++) {
        sink.deliver(SampleAlerts.numbered(i));
      }
    }
    try (Sink sink = open("#max=1KiB")) {
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals(line(2), told());
  }

  @Test
  void writesTheSameWhereEachBatchIsForcedToTheDisk() throws IOException {
    try (Sink sink = open("#fsync=true")) {
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals(line(1), told());
  }

  @Test
  void saysWhichOptionIsWrong() {
    for (String wrong : List.of("#max=1", "#age=1", "#keep=0", "#fsync=yes", "#size=1KiB")) {
      var e = assertThrows(IllegalArgumentException.class, () -> FileAddress.of("/a" + wrong));
      assertTrue(e.getMessage().startsWith("sink file: "), e.getMessage());
    }
    assertEquals(Path.of("/a#b/c.jsonl"), FileAddress.of("/a#b/c.jsonl").path());
  }
}
