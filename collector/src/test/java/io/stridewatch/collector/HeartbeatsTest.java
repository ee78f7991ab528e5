package io.stridewatch.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Heartbeat;
import io.stridewatch.MemoryCollector;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  private final MemoryEmitter emitter = new MemoryEmitter();
  private final List<Heartbeat> kept = new ArrayList<>();
  private final List<Heartbeat> refused = new ArrayList<>();
  private boolean away;
  private long waiting;
  private String trouble;

  @Test
  void tellHowFarASourceWasReadAndWhatWasKept() throws Exception {
    Progress progress = new Progress("docker here");
    progress.readUpTo("lab", Source.DOCKER, NOW, "17");
    Heartbeat beat = progress.heartbeats(NOW, null, "m", Duration.ofSeconds(30)).get(0);
    assertEquals(NOW, beat.upTo());
    assertEquals("17", beat.position());
    assertEquals("docker here", beat.name());
    assertEquals("lab", beat.scope());
  }

  @Test
  void aSourceThatWasNeverReadIsNamedWithItsTrouble() throws Exception {
    Progress progress = new Progress("auditd log");
    progress.readUpTo("lab", Source.AUDITD, null, "");
    Heartbeat beat = progress.heartbeats(NOW, "no such file", "", Duration.ofSeconds(30)).get(0);
    assertNull(beat.upTo());
    assertEquals("no such file", beat.trouble());
  }

  @Test
  void sayNothingOfTimeWhileRecordsWaitOnDisk() throws Exception {
    MemoryCollector.Texts texts = new MemoryCollector.Texts();
    try (Supervisor supervisor = new Supervisor(new MemoryCollector(texts), emitter)) {
      supervisor.start();
      emitter.awaitReadUpTo();
      Heartbeats heartbeats = heartbeats(supervisor);
      waiting = 4711;
      heartbeats.beat();
      assertNull(kept.get(0).upTo());
      assertEquals(4711, kept.get(0).waiting());
      waiting = 0;
      heartbeats.beat();
      assertEquals(Instant.EPOCH, kept.get(1).upTo());
    }
  }

  @Test
  void giveAgainTheVerySameThatWasRefused() throws Exception {
    MemoryCollector.Texts texts = new MemoryCollector.Texts();
    try (Supervisor supervisor = new Supervisor(new MemoryCollector(texts), emitter)) {
      supervisor.start();
      emitter.awaitReadUpTo();
      Heartbeats heartbeats = heartbeats(supervisor);
      away = true;
      heartbeats.beat();
      waiting = 1;
      away = false;
      heartbeats.beat();
      assertEquals(refused, kept);
      heartbeats.beat();
      assertEquals(1, kept.get(1).waiting());
    }
  }

  @Test
  void everybodyIsInTroubleWhileNothingCanBeKept() throws Exception {
    MemoryCollector.Texts texts = new MemoryCollector.Texts();
    try (Supervisor supervisor = new Supervisor(new MemoryCollector(texts), emitter)) {
      supervisor.start();
      emitter.awaitReadUpTo();
      trouble = "the disk is full";
      heartbeats(supervisor).beat();
      assertEquals("the disk is full", kept.get(0).trouble());
    }
  }

  @Test
  void aMachineIsNamedByAHashOfItsIdAndNotByTheId(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("machine-id"), "0123456789abcdef\n");
    assertTrue(Machine.id(file).matches("[0-9a-f]{16}"));
    assertNotEquals("0123456789abcdef", Machine.id(file));
    assertEquals("", Machine.id(directory.resolve("none")));
  }

  private Heartbeats heartbeats(Supervisor supervisor) {
    return new Heartbeats(
        List.of(supervisor), this::keep, new Held(), () -> NOW, Duration.ofSeconds(30), "m");
  }

  private final class Held implements Heartbeats.Road {
    @Override
    public long waiting() {
      return waiting;
    }

    @Override
    public String trouble() {
      return trouble;
    }
  }

  private void keep(List<Heartbeat> heartbeats) throws IOException {
    if (away) {
      refused.addAll(heartbeats);
      throw new IOException("away");
    }
    kept.addAll(heartbeats);
  }
}
