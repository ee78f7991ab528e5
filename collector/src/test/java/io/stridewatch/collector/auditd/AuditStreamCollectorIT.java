package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.collector.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The af_unix plug-in of the auditd that runs on this machine. */
@Timeout(60)
class AuditStreamCollectorIT {
  private static final Path SOCKET = Path.of("/var/run/audispd_events");

  @Test
  void hearsWhatIsWrittenWhileItIsConnected() throws Exception {
    Live.needs(Files.exists(SOCKET), "auditd with its af_unix plug-in at " + SOCKET);
    MemoryEmitter kept = new MemoryEmitter();
    AuditStreamCollector collector =
        AuditStreamCollector.socket(SOCKET, "lab", InstantSource.system());
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

  private static void read(AuditStreamCollector collector, MemoryEmitter kept) {
    try {
      collector.run(kept);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
