package io.stridewatch.collector.auditd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.MemoryEmitter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelLossTest {
  @TempDir Path directory;
  private final MemoryEmitter kept = new MemoryEmitter();
  private Instant now = Instant.parse("2026-11-21T05:00:00Z");
  private String boot = "first";
  private OptionalLong lost = OptionalLong.of(7);

  @Test
  void tellsWhatWasLostSinceItAskedLast() throws Exception {
    look(7, "first");
    assertEquals(List.of(), kept.records(), "what was lost before anybody asked has no bounds");
    look(7, "first");
    look(12, "first");
    assertEquals(
        List.of(
            "{\"kind\":\"gap\",\"time\":\"2026-11-21T05:01:30.000000000Z\",\"of\":\"auditd\","
                + "\"from\":\"2026-11-21T05:01:00.000000000Z\",\"to\":\"2026-11-21T05:01:30.000000000Z\","
                + "\"lost\":5,\"why\":\"the kernel lost audit records, 12 since boot\"}"),
        told());
  }

  @Test
  void beginsAnewWhenTheMachineWasRestarted() throws Exception {
    look(7, "first");
    look(9, "second");
    look(9, "second");
    assertEquals(List.of(), told());
  }

  @Test
  void saysNothingWhereItMayNotAsk() throws Exception {
    lost = KernelLoss.lost(List.of("You must be root to run this program."));
    question().ask(kept);
    assertEquals(List.of(), told());
    assertEquals(OptionalLong.of(3), KernelLoss.lost(List.of("enabled 1", "lost 3", "backlog 0")));
  }

  private void look(long records, String start) throws Exception {
    now = now.plusSeconds(30);
    lost = OptionalLong.of(records);
    boot = start;
    question().ask(kept);
  }

  /** Another one each time: a restart forgets nothing. */
  private KernelLoss question() {
    KernelLoss.Kernel kernel =
        new KernelLoss.Kernel() {
          @Override
          public String boot() {
            return boot;
          }

          @Override
          public OptionalLong lost() {
            return lost;
          }
        };
    return new KernelLoss(kernel, "lab", directory.resolve("kernel"), () -> now);
  }

  private List<String> told() {
    return kept.records().stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }
}
