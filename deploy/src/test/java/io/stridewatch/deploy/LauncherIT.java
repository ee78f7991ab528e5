package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/stridewatch} as it is installed: from anywhere, through links, in any locale. */
@Timeout(120)
class LauncherIT {
  @TempDir static Path directory;
  private static Path launcher;

  @BeforeAll
  static void installs() throws IOException {
    launcher = Installation.in(directory.resolve("a b/stridewatch-0.1.0"));
  }

  @Test
  void startsThroughLinksFromAnotherDirectory() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path first =
        Files.createSymbolicLink(
            bin.resolve("first"), Path.of("../a b/stridewatch-0.1.0/stridewatch"));
    Path second = Files.createSymbolicLink(directory.resolve("second"), first);
    try (Command version = start(second, Map.of("STRIDEWATCH_ARCHIVE", "on"), "--version")) {
      assertEquals(0, version.status(60), version::toString);
      assertTrue(version.outLines().get(0).startsWith("stridewatch 0.1.0"), version::toString);
      assertEquals(List.of("stridewatch: preparing quick starts, once"), version.errLines());
    }
    try (Command again = start(second, Map.of(), "--version")) {
      assertEquals(0, again.status(60), again::toString);
      assertEquals(List.of(), again.errLines());
    }
  }

  /** By a shell, which knows names as bytes: the Java of this test may be in another locale. */
  @Test
  void opensAFileWhoseNameIsNotAsciiInTheCLocale() throws Exception {
    Files.writeString(directory.resolve("plain.log"), Recorded.privilegedPod("a"));
    String replay =
        "name=$(printf '\\303\\251.log'); mv plain.log $name; exec \"$0\" replay -o json $name";
    try (Command command =
        start(Path.of("sh"), Map.of("LC_ALL", "C"), "-c", replay, launcher.toString())) {
      assertEquals(0, command.status(60), command::toString);
      assertTrue(
          command.outLines().stream().anyMatch(alert -> alert.contains("\"privileged-")),
          command::toString);
    }
  }

  @Test
  void passesStatusSignalsAndJavaOptionsOn() throws Exception {
    try (Command wrong = start(launcher, Map.of(), "replay", "--nope")) {
      assertEquals(2, wrong.status(60), wrong::toString);
    }
    try (Command run =
        start(
            launcher,
            Map.of("STRIDEWATCH_JAVA_OPTS", "-Xmx300m -XX:+PrintCommandLineFlags"),
            "run",
            "--docker=off",
            "--auditd=off",
            "--kubernetes-webhook=127.0.0.1:" + ApiServerAudit.freePort(),
            "--http=127.0.0.1:0",
            "--data=" + directory.resolve("data"))) {
      run.awaitReady(60);
      assertTrue(run.outLines().get(0).contains("-XX:MaxHeapSize=314572800"), run::toString);
      run.terminate();
      assertEquals(143, run.status(10), run::toString);
    }
  }

  private static Command start(Path program, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(line).directory(directory.toFile());
    process.environment().put("STRIDEWATCH_ARCHIVE", "off");
    process.environment().putAll(environment);
    return Command.of(process);
  }
}
