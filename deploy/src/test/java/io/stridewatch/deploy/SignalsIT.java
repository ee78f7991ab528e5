package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How commands end: in order, within ten seconds, with the status that scripts rely on. */
@Timeout(120)
class SignalsIT {
  @TempDir Path directory;
  private String data;
  private int port;

  @BeforeEach
  void findsAPort() throws IOException {
    port = ApiServerAudit.freePort();
    data = "--data=" + directory.resolve("data");
  }

  @Test
  void sigtermEndsRunInOrder() throws Exception {
    try (Command run = start(run())) {
      run.awaitReady(60);
      run.terminate();
      assertEquals(143, run.status(10), run::toString);
      assertFalse(Files.exists(directory.resolve("data/instance.json")));
    }
  }

  @Test
  void sigintEndsRunAndTailInOrder() throws Exception {
    try (Command run = start(run())) {
      run.awaitReady(60);
      try (Command tail = start(List.of("tail", data, "-o", "json", "--since=1h"))) {
        new ApiServerAudit(port).post(ApiServerAudit.list(List.of("one")), 30);
        tail.awaitOut(line -> true, 60);
        tail.interrupt();
        assertEquals(130, tail.status(10), tail::toString);
      }
      run.interrupt();
      assertEquals(130, run.status(10), run::toString);
    }
  }

  @Test
  void failOnGivesThreeWhenAnAlertIsAsBad() throws Exception {
    Path log = Files.writeString(directory.resolve("log"), Recorded.privilegedPod("bad"));
    try (Command worse =
        start(List.of("replay", "--fail-on=critical", "-o", "json", log.toString()))) {
      assertEquals(3, worse.status(60), worse::toString);
    }
    Path other = Files.writeString(directory.resolve("other"), Recorded.daemonJsonWritten(1));
    try (Command less =
        start(List.of("replay", "--fail-on=critical", "-o", "json", other.toString()))) {
      assertEquals(0, less.status(60), less::toString);
    }
  }

  private List<String> run() {
    return List.of(
        "run",
        data,
        "--docker=off",
        "--auditd=off",
        "--kubernetes-webhook=127.0.0.1:" + port,
        "--http=127.0.0.1:0");
  }

  /** A build in the background passes on that SIGINT is ignored, and Java would keep to that. */
  private static Command start(List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
    line.addAll(
        Command.line(
            System.getProperty("java.class.path"),
            Command.PROGRAM,
            arguments.toArray(String[]::new)));
    return Command.of(new ProcessBuilder(line));
  }
}
