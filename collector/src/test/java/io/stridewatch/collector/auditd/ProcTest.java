package io.stridewatch.collector.auditd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Times;
import io.stridewatch.collector.auditd.ProcessTable.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcTest {
  private static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");
  private static final String ID = "a".repeat(64);
  private static final String REST =
      " S 1 7 7 0 -1 %d 1 0 0 0 1 1 0 0 30 10 1 0 4700 2322432 316\n";

  @TempDir Path root;
  private Proc proc;

  @BeforeEach
  void makeMachine() throws IOException {
    proc = new Proc(root, InstantSource.fixed(NOW));
    Files.writeString(root.resolve("uptime"), "100.00 20.00\n");
  }

  @Test
  void saysWhenAProcessStartedAndWhereItRuns() throws IOException {
    process("sh", "0::/docker/" + ID + "\n", 4194560);
    Status status = proc.status(7);
    assertEquals(ID, status.container());
    assertEquals(NOW.minus(Duration.ofSeconds(53)), Times.ofNanos(status.started()));
  }

  @Test
  void aNameMayLookLikeTheRestOfItsLine() throws IOException {
    process(") S 1 (a b", "0::/docker/" + ID + "\n", 4194560);
    assertEquals(NOW.minus(Duration.ofSeconds(53)), Times.ofNanos(proc.status(7).started()));
  }

  @Test
  void oneThatIsAboutToEndIsInNoGroupAnyMore() throws IOException {
    process("sh", "0::/\n", 4194560 | 4);
    assertNull(proc.status(7));
  }

  @Test
  void aShimOfRootsSaysWhoseItIs() {
    List<String> shim = List.of("containerd-shim-runc-v2", "-namespace", "moby", "-id", ID);
    assertEquals(ID, Starter.starts(shim, 0));
    assertEquals(ID, Starter.starts(List.of("conmon", "-c", ID, "-u", ID), 0));
    assertEquals("", Starter.starts(shim, 1000));
    assertEquals("", Starter.starts(List.of("shim", "-namespace", "k8s.io", "-id", ID), 0));
    assertEquals("", Starter.starts(List.of("containerd-shim-runc-v2", "-id"), 0));
  }

  @Test
  void whatCallsItselfAShimInAContainerIsNone() throws IOException {
    process("containerd-shim", "0::/docker/" + ID + "\n", 4194560);
    assertTrue(!proc.status(7).starter());
  }

  @Test
  void aDirectoryThatIsNoProcessTellsNothing() throws IOException {
    assertNull(proc.status(8));
    Files.createDirectory(root.resolve("8"));
    assertNull(proc.status(8));
    process("sh", "0::/\n", 0);
    Files.writeString(root.resolve("7/stat"), "7 (sh S");
    assertNull(proc.status(7));
  }

  private void process(String name, String groups, long flags) throws IOException {
    Path directory = Files.createDirectory(root.resolve("7"));
    Files.writeString(directory.resolve("stat"), "7 (" + name + ")" + REST.formatted(flags));
    Files.writeString(directory.resolve("cgroup"), groups);
    Files.writeString(directory.resolve("cmdline"), name + "\0");
  }
}
