package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code show} of an alert that a running instance raised. */
@Timeout(180)
class ShowIT {
  @TempDir private Path directory;

  @Test
  void hasTheRuleTheRecordsAndWhatElseTheActorDid() throws Exception {
    Path log = Files.createFile(directory.resolve("audit.log"));
    Path told = directory.resolve("alerts.jsonl");
    String data = "--data=" + directory.resolve("data");
    try (Command run =
        Command.start(
            "run",
            data,
            "--docker=off",
            "--kubernetes-log=off",
            "--auditd=" + log,
            "--scope=vm",
            "--sink=file=" + told,
            "--http=127.0.0.1:0")) {
      run.awaitReady(60);
      String harmless =
          Recorded.daemonJsonWritten(7)
              .replace("/etc/docker/daemon.json", "/home/motd")
              .replaceAll("key=\"[^\"]*\"", "key=(null)");
      Files.writeString(log, harmless);
      Files.writeString(log, Recorded.daemonJsonWritten(8), StandardOpenOption.APPEND);
      List<JsonNode> alerts = Until.within(60, () -> Told.inFile(told), all -> !all.isEmpty());
      String id = alerts.get(0).get("id").asText();
      try (Command show = Command.start("show", id.substring(0, 8), data)) {
        assertEquals(0, show.status(60), show::toString);
        String shown = String.join("\n", show.outLines());
        assertTrue(shown.contains("\n    decoded syscall="), shown);
        assertTrue(shown.contains("\n    raw     type=SYSCALL "), shown);
        assertTrue(shown.contains("\n  the rule, as it is now: "), shown);
        assertTrue(shown.contains("\n    fires when\n"), shown);
        assertTrue(shown.contains("did, ten minutes before and after: "), shown);
        assertTrue(shown.contains("\n  and 1 records\n"), shown);
        assertTrue(shown.contains("file=/home/motd"), shown);
        assertFalse(shown.contains("\u001b"), shown);
      }
    }
  }
}
