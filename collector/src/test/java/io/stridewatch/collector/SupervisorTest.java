package io.stridewatch.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.stridewatch.MemoryCollector;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
      texts.say("two");
      emitter.await(2);
      assertNull(supervisor.trouble());
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
  void closesBeforeItWasStarted() {
    supervisor().close();
  }

  private Supervisor supervisor() {
    Duration brief = Duration.ofMillis(1);
    return new Supervisor(new MemoryCollector(texts), emitter, brief, brief.multipliedBy(4));
  }
}
