package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.AlertJson;
import io.stridewatch.Evidence;
import io.stridewatch.SampleAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final String REF = "audit(1795232830.123:1892) vm1  ";

  @Test
  void saysACallByItsNameAndAPathInLetters() {
    String raw =
        "type=SYSCALL msg=audit(1.000:7): arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c"
            + " a1=0 a2=241 a3=1b6 items=1 pid=1 auid=0 uid=0 exe=\"/usr/bin/bash\" key=(null)\n"
            + "type=CWD msg=audit(1.000:7): cwd=\"/\"\n"
            + "type=PATH msg=audit(1.000:7): item=0 name=2F746D702F612062 nametype=NORMAL";
    assertEquals(
        REF + "syscall=openat success=yes program=bash file=/tmp/a b change=write,truncate",
        Proof.line(SampleAlerts.auditd(raw)));
  }

  @Test
  void showsWhatItCannotReadAsItStands() {
    assertEquals(REF + "no record at all", Proof.line(SampleAlerts.auditd("no record\nat all")));
  }

  @Test
  void readsACommandInHexWhosePasswordIsMasked() {
    String raw = "type=EXECVE msg=audit(1.000:7): argc=2 a0=\"sh\" a1=6D7973716C202D70*** a2=***";
    assertEquals(REF + "command=sh mysql -p*** ***", Proof.line(SampleAlerts.auditd(raw)));
  }

  @Test
  void boundsEachField() {
    String raw = "type=EXECVE msg=audit(1.000:7): argc=1 a0=\"" + "x".repeat(7000) + "\"";
    assertTrue(Proof.line(SampleAlerts.auditd(raw)).length() < 300);
  }

  @Test
  void showsARecordThatWasCutAnywhere() throws IOException {
    Path alerts = Path.of("src/test/resources/pretty/alerts.jsonl");
    for (String line : Files.readAllLines(alerts)) {
      for (Evidence evidence : AlertJson.read(line).evidence()) {
        for (int end = 0; end <= evidence.raw().length(); end++) {
          Evidence cut = cut(evidence, evidence.raw().substring(0, end));
          assertTrue(Proof.line(cut).startsWith(evidence.ref()));
        }
      }
    }
  }

  private static Evidence cut(Evidence whole, String raw) {
    return new Evidence(
        whole.id(),
        whole.source(),
        whole.time(),
        whole.ref(),
        raw,
        null,
        whole.size(),
        whole.sha256(),
        List.of(),
        true);
  }
}
