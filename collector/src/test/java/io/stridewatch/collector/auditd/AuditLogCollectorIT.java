package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogCollectorIT {
  private static final Path LOG = Path.of("/var/log/audit/audit.log");
  private static final Pattern MARK = Pattern.compile("stridewatch-it-(\\d+)");

  /** SIGUSR1 has auditd rotate its log; the kernel knows who auditd is. */
  private static final String ROTATE = "kill -USR1 $(auditctl -s | sed -n 's/^pid //p')";

  private static final int MESSAGES = 200;

  @TempDir Path directory;

  @Test
  void losesNothingWhileAuditdRotatesItsLog() throws Exception {
    Live.needs(Files.isReadable(LOG), "auditd's log at " + LOG + " and the right to read it");
    Live.needs(run("auditctl", "-s") == 0, "auditctl and the right to use it");
    MemoryEmitter kept = new MemoryEmitter();
    Path cursor = directory.resolve("cursor");
    AuditLogCollector collector =
        new AuditLogCollector(
            LOG, cursor, false, "lab", InstantSource.system(), AuditedHost.elsewhere());
    Thread thread = new Thread(() -> follow(collector, kept));
    thread.start();
    while (Files.notExists(cursor)) {
      Thread.onSpinWait();
    }
    for (int number = 0; number < MESSAGES; number++) {
      assertEquals(0, run("auditctl", "-m", "stridewatch-it-" + number));
      if (number == MESSAGES / 2) {
        assertEquals(0, run("sh", "-c", ROTATE));
      }
    }
    kept.awaitThat(records -> numbers(records).size() == MESSAGES, MESSAGES + " messages");
    collector.close();
    thread.join();
    assertTrue(kept.rejected().isEmpty());
  }

  private static void follow(AuditLogCollector collector, MemoryEmitter kept) {
    try {
      collector.run(kept);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<Integer> numbers(List<SourceRecord> records) {
    return records.stream()
        .map(record -> MARK.matcher(new String(record.value(), UTF_8)))
        .filter(Matcher::find)
        .map(mark -> Integer.parseInt(mark.group(1)))
        .collect(Collectors.toSet());
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
