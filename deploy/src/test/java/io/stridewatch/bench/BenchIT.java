package io.stridewatch.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchIT {
  private static final List<String> MEASURED =
      List.of(
          "auditd RAW replay",
          "Kubernetes replay",
          "ten times the rules, auditd",
          "ten times the rules, kubernetes",
          "ten times the rules, docker",
          "memory of a live key of a counting rule",
          "classes that one more scope loads",
          "Kafka to Kafka",
          "collect, auditd's log",
          "collect, Kubernetes webhook",
          "collect, Kubernetes log",
          "collect, Docker events",
          "webhook post to alert, 1,000 events/s, p50",
          "webhook post to alert, 1,000 events/s, p99",
          "delivery to elasticsearch",
          "delivery to file",
          "delivery to syslog",
          "delivery to webhook",
          "replay of a 1 MB recording",
          "rules test of one rule",
          "run on a fresh data directory",
          "tail, until the first line",
          "collect, 1,000 events/s, RSS after",
          "collect, 1,000 events/s, RSS with a 30 MB body",
          "collect, 1,000 events/s, RSS with one event of 30 MB");

  @Test
  void theSmallSizeFillsEveryRowOfTheTable() throws Exception {
    Process bench =
        new ProcessBuilder(Path.of("bench").toAbsolutePath().toString(), "--small")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String table = new String(bench.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bench.waitFor(), table);
    for (String what : MEASURED) {
      List<String> rows = table.lines().filter(row -> row.startsWith("| " + what)).toList();
      assertFalse(rows.isEmpty(), what + " in " + table);
      String measured = rows.get(0).split("\\|")[2].strip();
      assertTrue(measured.matches("[0-9][0-9.,]* .*"), rows.get(0));
      boolean body = what.endsWith(" MB") || what.endsWith(" body");
      assertTrue(!body || Double.parseDouble(measured.split(" ")[0]) <= 300, rows.get(0));
    }
  }
}
