package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody watches with {@code tail} while {@code run} is killed and started again. */
@Timeout(180)
class TailRestartIT {
  @TempDir Path directory;
  private int webhook;

  @BeforeEach
  void findsAPort() throws IOException {
    webhook = ApiServerAudit.freePort();
  }

  @Test
  void tailFindsItAgainWhereItIsNowAndSaysThatNothingWasMissed() throws Exception {
    try (Command tail = tailOfOneThatIsKilled();
        ServerSocket taken = new ServerSocket(lastPort(), 1, InetAddress.getLoopbackAddress());
        Command run = run()) {
      tail.awaitErr(line -> line.contains("Kafka is away and is tried again"), 30);
      run.awaitReady(60);
      assertTrue(lastPort() != taken.getLocalPort(), "the port of last time is taken");
      post("after");
      tail.awaitErr(line -> line.endsWith("Kafka is back, and no alert was missed"), 30);
      List<String> told =
          Until.within(
              30,
              () -> Told.refs(Told.lines(tail), "privileged-workload"),
              refs -> refs.contains("after/ResponseComplete"));
      assertEquals(List.of("after/ResponseComplete", "before/ResponseComplete"), told);
      assertEquals(2, tail.errLines().size(), tail::toString);
    }
  }

  private Command tailOfOneThatIsKilled() throws Exception {
    try (Command run = run()) {
      run.awaitReady(60);
      Command tail = Command.start("tail", "--data=" + data(), "-o=json", "--since=1h");
      post("before");
      tail.awaitOut(alert -> alert.contains("before/ResponseComplete"), 60);
      run.kill();
      return tail;
    }
  }

  private void post(String id) throws Exception {
    new ApiServerAudit(webhook).post(ApiServerAudit.list(List.of(id)), 60);
  }

  private int lastPort() throws IOException {
    return Integer.parseInt(Files.readString(data().resolve("port")).strip());
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Command run() throws IOException {
    return Command.start(
        "run",
        "--docker=off",
        "--auditd=off",
        "--kubernetes-webhook=127.0.0.1:" + webhook,
        "--http=127.0.0.1:0",
        "--data=" + data());
  }
}
