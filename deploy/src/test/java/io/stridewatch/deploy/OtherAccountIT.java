package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alerts are for who runs the instance: not for other accounts of the machine. */
@Timeout(120)
class OtherAccountIT {
  @TempDir static Path directory;
  private static Path data;
  private static Path file;
  private static Command run;

  @BeforeAll
  static void alerts() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    data = directory.resolve("data");
    file = directory.resolve("alerts.jsonl");
    int port = ApiServerAudit.freePort();
    run =
        Command.start(
            "run",
            "--docker=off",
            "--auditd=off",
            "--kubernetes-webhook=127.0.0.1:" + port,
            "--http=127.0.0.1:0",
            "--sink=file=" + file,
            "--data=" + data);
    new ApiServerAudit(port).post(ApiServerAudit.list(List.of("secret-1")), 60);
    Until.within(60, () -> Told.inFile(file), alerts -> !alerts.isEmpty());
  }

  @AfterAll
  static void ends() {
    run.close();
  }

  @Test
  void theBrokerLetsNoOneInWithoutThePassword() throws Exception {
    refused(tail("--kafka=" + address()), "does it want a password");
  }

  @Test
  void theBrokerLetsNoOneInWithAWrongPassword() throws Exception {
    Path config = Files.writeString(directory.resolve("wrong.properties"), WRONG);
    refused(tail("--kafka=" + address(), "--kafka-config=" + config), "refused");
  }

  private static final String WRONG =
      """
      security.protocol=SASL_PLAINTEXT
      sasl.mechanism=SCRAM-SHA-512
      sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
      username="stridewatch" password="guessed";
      """;

  @Test
  void anotherAccountCanNeitherTailNorLookIntoTheDirectory() throws Exception {
    Host.needs(Host.root(), "root, to become another account");
    List<String> line =
        asNobody(
            Command.line(
                Installation.jars(Files.createDirectory(directory.resolve("jars"))),
                Command.PROGRAM,
                "tail",
                "--data=" + data));
    refused(Command.of(new ProcessBuilder(line)), "may not be read");
    for (Path secret : List.of(data.resolve("instance.json"), data.resolve("password"), file)) {
      assertTrue(Files.exists(secret));
      String said = Host.said(asNobody(List.of("cat", secret.toString())).toArray(String[]::new));
      assertTrue(said.contains("Permission denied"), said);
    }
  }

  private static Command tail(String... where) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("tail", "--follow=false", "-o", "json"));
    arguments.addAll(List.of(where));
    return Command.start(arguments.toArray(String[]::new));
  }

  private static void refused(Command command, String why) throws InterruptedException {
    try (command) {
      assertEquals(1, command.status(60), command::toString);
      assertEquals(List.of(), command.outLines());
      assertEquals(1, command.errLines().size(), command::toString);
      assertTrue(command.errLines().get(0).contains(why), command::toString);
    }
  }

  private static String address() throws IOException {
    var instance = new ObjectMapper().readTree(data.resolve("instance.json").toFile());
    return "127.0.0.1:" + instance.get("port").asInt();
  }

  private static List<String> asNobody(List<String> line) {
    List<String> whole =
        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    whole.addAll(line);
    return whole;
  }
}
