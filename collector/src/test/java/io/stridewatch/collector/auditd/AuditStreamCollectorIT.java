package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The af_unix plug-in of the auditd that runs on this machine. */
@Timeout(60)
class AuditStreamCollectorIT {
  private static final Path SOCKET = Path.of("/var/run/audispd_events");
  private static final Path LOG = Path.of("/var/log/audit/audit.log");

  @TempDir Path directory;

  @Test
  void hearsWhatIsWrittenWhileItIsConnected() throws Exception {
    Live.needs(Files.exists(SOCKET), "auditd with its af_unix plug-in at " + SOCKET);
    MemoryEmitter kept = new MemoryEmitter();
    AuditStreamCollector collector =
        AuditStreamCollector.socket(
            SOCKET, "lab", InstantSource.system(), AuditedHost.elsewhere(), null, null);
    Thread thread = new Thread(() -> read(collector, kept));
    thread.start();
    String mark = "stridewatch-stream-" + ProcessHandle.current().pid();
    for (int times = 0; times < 2000 && kept.records().isEmpty(); times++) {
      assertEquals(0, new ProcessBuilder("auditctl", "-m", mark).start().waitFor());
    }
    kept.awaitThat(
        records -> records.stream().anyMatch(r -> new String(r.value(), UTF_8).contains(mark)),
        mark);
    collector.close();
    thread.join();
  }

  @Test
  void readsFromTheLogWhatWasWrittenWhileNobodyWasConnected() throws Exception {
    Live.needs(Files.exists(SOCKET), "auditd with its af_unix plug-in at " + SOCKET);
    Live.needs(Files.isReadable(LOG), "its log at " + LOG);
    String mark = "stridewatch-missed-" + ProcessHandle.current().pid() + "-";
    MemoryEmitter kept = new MemoryEmitter();
    AuditStreamCollector before = collector();
    Thread thread = new Thread(() -> read(before, kept));
    thread.start();
    for (int times = 0; times < 2000 && kept.records().isEmpty(); times++) {
      say(mark.replace("missed", "early"));
    }
    say(mark + "first");
    kept.awaitThat(records -> marks(records, mark).contains("first"), mark);
    before.close();
    thread.join();
    for (int number = 0; number < 50; number++) {
      say(mark + "missed" + number);
    }
    AuditStreamCollector after = collector();
    Thread again = new Thread(() -> read(after, kept));
    again.start();
    kept.awaitThat(records -> marks(records, mark).contains("missed49"), mark);
    say(mark + "last");
    kept.awaitThat(records -> marks(records, mark).contains("last"), mark);
    after.close();
    again.join();
    List<String> expected = new ArrayList<>(List.of("first"));
    IntStream.range(0, 50).forEach(number -> expected.add("missed" + number));
    expected.add("last");
    assertEquals(expected, marks(kept.records(), mark));
  }

  private AuditStreamCollector collector() {
    return AuditStreamCollector.socket(
        SOCKET,
        "lab",
        InstantSource.system(),
        AuditedHost.elsewhere(),
        LOG,
        directory.resolve("cursor"));
  }

  private static void say(String text) throws Exception {
    assertEquals(0, new ProcessBuilder("auditctl", "-m", text).start().waitFor());
  }

  private static List<String> marks(List<SourceRecord> records, String mark) {
    return records.stream()
        .map(record -> new String(record.value(), UTF_8))
        .filter(
            text -> text.contains("type=USER ") && text.contains(mark)) // No execve of auditctl.
        .map(text -> text.replaceAll("(?s)^.*" + mark + "(\\w+).*$", "$1"))
        .toList();
  }

  private static void read(AuditStreamCollector collector, MemoryEmitter kept) {
    try {
      collector.run(kept);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
