package io.stridewatch.collector.auditd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.AuditEvent;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.event.Decoders;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostFactsTest {
  private final MemoryEmitter kept = new MemoryEmitter();
  private String boot = "first";
  private List<String> status = status(1, 300, 0);
  private final HostFacts facts =
      new HostFacts(
          new HostFacts.Host() {
            @Override
            public String boot() {
              return boot;
            }

            @Override
            public List<String> status() {
              return status;
            }
          },
          "lab",
          () -> Instant.parse("2026-11-21T05:00:00Z"));

  @Test
  void tellsAtTheStartAndWhenSomethingIsOther() throws Exception {
    facts.ask(kept);
    facts.ask(kept);
    status = status(1, 300, 7);
    facts.ask(kept);
    assertEquals(1, kept.records().size(), "what the kernel lost is told as a gap");
    status = status(0, 300, 7);
    facts.ask(kept);
    boot = "second";
    facts.ask(kept);
    assertEquals(
        List.of("1", "0", "0"),
        kept.records().stream().map(record -> field(record, "audit.enabled")).toList());
    assertEquals(
        List.of("first", "first", "second"),
        kept.records().stream().map(record -> field(record, "boot")).toList());
  }

  @Test
  void tellsWhatTheHostIsWhereItMayNotAskTheKernel() throws Exception {
    status = List.of("You must be root to run this program.");
    facts.ask(kept);
    AuditEvent event = Decoders.decode(kept.records().get(0));
    assertEquals(List.of("host"), event.values("kind"));
    assertEquals(List.of(System.getProperty("os.version")), event.values("kernel"));
    assertTrue(!event.has("audit"));
  }

  private static String field(SourceRecord record, String field) {
    return String.join(",", Decoders.decode(record).values(field));
  }

  /** As auditctl 3.0.9 prints it. */
  private static List<String> status(int enabled, int pid, int lost) {
    return List.of(
        "enabled " + enabled,
        "failure 1",
        "pid " + pid,
        "rate_limit 0",
        "backlog_limit 8192",
        "lost " + lost,
        "backlog " + lost,
        "backlog_wait_time 15000",
        "backlog_wait_time_actual 0",
        "loginuid_immutable 0 unlocked");
  }
}
