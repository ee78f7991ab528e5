package io.stridewatch.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.MemoryCollector;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupervisorTest {
  private final MemoryCollector.Texts texts = new MemoryCollector.Texts();
  private final MemoryEmitter emitter = new MemoryEmitter();

  @Test
  void runsTheCollectorAgainAfterAFailureAndForgetsTheTrouble() throws Exception {
    try (Supervisor supervisor = supervisor()) {
      emitter.failTimes(3);
      supervisor.start();
      texts.say("one");
      emitter.awaitFailed();
      List<SourceRecord> records = emitter.await(1);
      assertEquals("one", records.get(0).id());
      for (int more = 2; supervisor.trouble() != null; more++) {
        texts.say("more");
        emitter.await(more);
      }
    }
  }

  @Test
  void saysWhatTheTroubleIs() throws Exception {
    texts.breakDown();
    try (Supervisor supervisor = supervisor()) {
      supervisor.start();
      while (supervisor.trouble() == null) {
        Thread.onSpinWait();
      }
      assertEquals("the memory is broken", supervisor.trouble());
    }
  }

  @Test
  void staysInTroubleWhileEachRunFailsBehindItsFirstRecord() throws Exception {
    BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
    FullDisk collector = new FullDisk(troubles);
    Duration brief = Duration.ofMillis(1);
    try (Supervisor supervisor = new Supervisor(collector, emitter, brief, brief)) {
      collector.supervisor = supervisor;
      supervisor.start();
      assertEquals("none", troubles.take());
      assertEquals("no space left", troubles.take());
      assertEquals("no space left", troubles.take());
    }
  }

  /** Has a record kept, and can't remember that; tells in which trouble it is believed to be. */
  private static final class FullDisk implements Collector {
    private final BlockingQueue<String> troubles;
    private volatile Supervisor supervisor;

    FullDisk(BlockingQueue<String> troubles) {
      this.troubles = troubles;
    }

    @Override
    public String name() {
      return "full disk";
    }

    @Override
    public void run(Emitter emitter) throws IOException, InterruptedException {
      emitter.emit(List.of());
      troubles.add(Objects.requireNonNullElse(supervisor.trouble(), "none"));
      throw new IOException("no space left");
    }

    @Override
    public void close() {}
  }

  @Test
  void closesBeforeItWasStarted() {
    supervisor().close();
  }

  private Supervisor supervisor() {
    Duration brief = Duration.ofMillis(1);
    return new Supervisor(new MemoryCollector(texts), emitter, brief, brief.multipliedBy(4));
  }
}
