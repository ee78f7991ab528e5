package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka is killed while an API server posts, and the collector after it: what was answered 200 lies
 * on disk, and is judged once when both are back.
 */
@Timeout(300)
class OutageIT {
  private static final int POSTS = 50;

  @TempDir Path directory;

  @Test
  void whatWasAnsweredWhileKafkaWasAwayIsJudgedOnce() throws Exception {
    List<String> answered = new ArrayList<>();
    try (BrokerProcess broker = BrokerProcess.start(directory)) {
      int port = ApiServerAudit.freePort();
      ApiServerAudit audit = new ApiServerAudit(port);
      try (Command collect = collect(broker, port)) {
        collect.awaitReady(90);
        audit.post(ApiServerAudit.list(List.of("before")), 60);
        answered.add("before/ResponseComplete");
        broker.kill();
        for (int post = 0; post < POSTS; post++) {
          String id = "away-%02d".formatted(post);
          assertEquals(200, audit.status(ApiServerAudit.list(List.of(id))), collect::toString);
          answered.add(id + "/ResponseComplete");
        }
      }
      assertTrue(buffered() > POSTS * 500);
      broker.again();
      Until.within(90, () -> status(broker), sum -> !sum.isEmpty());
      try (Command collect = collect(broker, port);
          Command detect = command("detect", broker)) {
        collect.awaitReady(90);
        detect.awaitReady(90);
        Until.within(90, () -> told(broker), refs -> refs.containsAll(answered));
        assertEquals(answered.stream().sorted().toList(), told(broker));
        Until.within(60, () -> status(broker), sum -> sum.contains("\"difference\":0"));
        assertEquals(0, buffered());
      }
    }
  }

  private List<String> told(BrokerProcess broker) throws Exception {
    List<JsonNode> alerts = Told.byTail("--kafka=" + broker.address());
    return Told.refs(alerts, "privileged-workload");
  }

  private String status(BrokerProcess broker) throws IOException, InterruptedException {
    try (Command status = Command.start("status", "-o=json", "--kafka=" + broker.address())) {
      status.status(60);
      List<String> lines = status.outLines();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  private long buffered() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("data/collect/buffer"))) {
      return files
          .filter(file -> file.toString().endsWith(".segment"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private Command collect(BrokerProcess broker, int port) throws IOException {
    return command(
        "collect",
        broker,
        "--docker=off",
        "--auditd=off",
        "--kubernetes-log=off",
        "--cluster=lab",
        "--kubernetes-webhook=127.0.0.1:" + port);
  }

  private Command command(String name, BrokerProcess broker, String... more) throws IOException {
    Stream<String> common =
        Stream.of(
            name,
            "--kafka=" + broker.address(),
            "--http=127.0.0.1:0",
            "--data=" + directory.resolve("data"));
    return Command.start(directory, Stream.concat(common, Stream.of(more)).toArray(String[]::new));
  }
}
