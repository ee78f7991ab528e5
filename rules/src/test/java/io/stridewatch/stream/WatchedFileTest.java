package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Found;
import io.stridewatch.RuleEngine;
import io.stridewatch.SourceRecord;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.AuditdDecoder;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

/** The watched file that a record tells of by another name, from its envelope to the rules. */
class WatchedFileTest {
  private static final String DAEMON = "/etc/docker/daemon.json";

  @Test
  void isAFileOfTheEventAndIsItsTarget() {
    AuditEvent nameless = Decoders.decode(chmod("(null)", DAEMON));
    assertEquals(List.of(DAEMON), nameless.values("file"));
    assertEquals(List.of("/etc/docker", "/etc", "/"), nameless.values("folder"));
    assertEquals(DAEMON, nameless.target().get("name"));
    AuditEvent linked = Decoders.decode(chmod("\"/tmp/x\"", DAEMON));
    assertEquals(List.of("/tmp/x", DAEMON), linked.values("file"));
  }

  @Test
  void travelsInAHeaderOfItsOwn() {
    SourceRecord record = chmod("(null)", DAEMON);
    assertEquals(new Found("", DAEMON), opened(record).found());
    assertEquals(Found.NOTHING, opened(record.with(Found.NOTHING)).found());
    assertNull(Envelope.textOrNull(headers(record.with(Found.NOTHING)), "ce_watched"));
  }

  @Test
  void firesTheRuleOfItsOwnName() throws Exception {
    CompiledRules rules = CompiledRules.of(RuleSet.of("daemon-json-changed.yml", rule()), null);
    try (RuleEngine engine = rules.engine(Lateness.usual())) {
      List<Alert> alerts = engine.accept(Decoders.decode(chmod("\"/tmp/x\"", DAEMON)));
      assertEquals(List.of("daemon-json-changed"), alerts.stream().map(Alert::rule).toList());
      assertEquals(List.of(), engine.accept(Decoders.decode(chmod("\"/tmp/y\"", ""))));
    }
  }

  private static String rule() throws IOException {
    String file = "/io/stridewatch/rules/auditd/daemon-json-changed.yml";
    try (InputStream in = RuleSet.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static SourceRecord opened(SourceRecord record) {
    return Envelope.open(Records.read(Envelope.wrap("t", record, new byte[] {'c'}, 1))).record();
  }

  private static Headers headers(SourceRecord record) {
    return Envelope.wrap("t", record, new byte[0], 1).headers();
  }

  private static SourceRecord chmod(String name, String watched) {
    String stamp = "msg=audit(1795233600.003:" + (watched.isEmpty() ? 8 : 7) + "): ";
    String lines =
        "type=SYSCALL "
            + stamp
            + "arch=c000003e syscall=91 success=yes exit=0 a0=3 a1=1b6 items=1 ppid=10 pid=11"
            + " auid=1000 uid=0 comm=\"x\" exe=\"/bin/x\" key=\"it\"\n"
            + "type=PATH "
            + stamp
            + ("item=0 name=" + name + " inode=7 dev=fe:00 mode=0100644 nametype=NORMAL");
    return AuditdDecoder.record("", "lab", lines.getBytes(UTF_8), 0).with(new Found("", watched));
  }
}
