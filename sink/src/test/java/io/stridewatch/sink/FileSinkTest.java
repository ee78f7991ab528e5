package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.AlertJson;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest implements SinkContract {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("alerts.jsonl");
  }

  @Override
  public Sink sink() throws IOException {
    return FileSink.open("file", path());
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
    IOException e = assertThrows(IOException.class, () -> FileSink.open("file", path));
    assertTrue(
        e.getMessage().contains("there is no directory " + path.getParent()), e.getMessage());
  }

  @Test
  void saysThatADirectoryIsNoFile() {
    IOException e = assertThrows(IOException.class, () -> FileSink.open("file", folder));
    assertTrue(
        e.getMessage().startsWith("cannot write alerts to " + folder + ": "), e.getMessage());
  }
}
