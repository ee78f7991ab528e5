package io.stridewatch.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void givesOutputAndErrorsOfOneThatEnds() throws Exception {
    assertEquals(
        Optional.of(List.of("one", "two")), within(LONG, "echo one; sleep 0.05; echo two >&2"));
  }

  @Test
  void givesNothingOfOneThatFailedOrIsNotThere() throws Exception {
    assertEquals(Optional.empty(), within(LONG, "echo one; exit 3"));
    assertEquals(Optional.empty(), Program.run("/nonexistent/program"));
  }

  @Test
  void killsOneThatPrintsAndThenHangs() throws Exception {
    assertEquals(Optional.empty(), within(Duration.ofMillis(500), "echo one; " + sleeps()));
    assertEnded();
  }

  @Test
  void killsTheChildrenOfOneThatHangs() throws Exception {
    assertEquals(
        Optional.empty(), within(Duration.ofMillis(500), "sh -c '" + sleeps() + "'; echo never"));
    assertEnded();
  }

  /** Whether the pipe of a program that has ended counts as ended differs between JDKs. */
  @Test
  void doesNotWaitForAnOrphanThatKeepsTheOutputOpen() throws Exception {
    String leaves = "echo one; sh -c '" + sleeps() + "' & until test -s " + pid() + "; do :; done";
    List<String> said = within(Duration.ofSeconds(2), leaves).orElse(List.of("one"));
    assertEquals(List.of("one"), said);
    assertTrue(sleeping().orElseThrow().destroyForcibly());
  }

  @Test
  void killsOneThatPrintsWithoutEnd() throws Exception {
    assertEquals(Optional.empty(), within(LONG, "echo $$ > " + pid() + "; exec yes"));
    assertEnded();
  }

  /** Leaves its process id behind and would take an hour. */
  private String sleeps() {
    return "echo $$ > " + pid() + "; exec sleep 3600";
  }

  private Path pid() {
    return directory.resolve("pid");
  }

  private static Optional<List<String>> within(Duration patience, String script) {
    return assertTimeoutPreemptively(
        LONG, () -> new RunningProgram(patience, 1 << 16).lines("/bin/sh", "-c", script));
  }

  private Optional<ProcessHandle> sleeping() throws Exception {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid()).strip()));
  }

  private void assertEnded() throws Exception {
    Optional<ProcessHandle> killed = sleeping();
    if (killed.isPresent()) {
      killed.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }
}
