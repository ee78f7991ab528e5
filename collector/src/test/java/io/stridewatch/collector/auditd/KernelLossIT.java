package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Live;
import io.stridewatch.collector.Program;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel really loses records: it is asked for many at once and allowed two a second. */
class KernelLossIT {
  private static final Pattern RATE = Pattern.compile("rate_limit (\\d+)");
  private static final int MESSAGES = 40;

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();

  @Test
  void whatTheKernelLostIsAGapWithItsCount() throws Exception {
    Live.needs(KernelLoss.lost(status()).isPresent(), "auditctl and the right to use it");
    Path cursor = directory.resolve("kernel");
    KernelLoss loss = new KernelLoss("lab", cursor, InstantSource.system());
    loss.ask(kept);
    long before = KernelLoss.lost(status()).orElseThrow();
    loseSome();
    loss.ask(kept);
    long lost = KernelLoss.lost(status()).orElseThrow() - before;
    assertTrue(lost > 0 && lost <= MESSAGES * 10, "lost=" + lost);
    assertEquals(1, kept.records().size(), kept.records()::toString);
    SourceRecord record = kept.records().get(0);
    assertEquals("io.stridewatch.pipeline.gap", record.type());
    JsonNode gap = new ObjectMapper().readTree(new String(record.value(), UTF_8));
    assertEquals(lost, gap.get("lost").asLong());
    loss.ask(kept);
    assertEquals(1, kept.records().size(), "a loss is told once");
  }

  private static void loseSome() throws Exception {
    String rate = rate();
    assertEquals(0, auditctl("-r", "2"));
    try {
      for (int message = 0; message < MESSAGES; message++) {
        auditctl("-m", "stridewatch loses this " + message);
      }
    } finally {
      auditctl("-r", rate);
    }
  }

  private static String rate() throws InterruptedException {
    return status().stream()
        .map(RATE::matcher)
        .filter(Matcher::matches)
        .map(rate -> rate.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> status() throws InterruptedException {
    return Program.run("auditctl", "-s").orElse(List.of());
  }

  private static int auditctl(String... words) throws Exception {
    String[] command = new String[words.length + 1];
    command[0] = "auditctl";
    System.arraycopy(words, 0, command, 1, words.length);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
