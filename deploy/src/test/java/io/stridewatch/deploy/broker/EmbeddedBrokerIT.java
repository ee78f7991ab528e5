package io.stridewatch.deploy.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @Test
  void starts(@TempDir Path dir) throws Exception {
    for (int i = 0; i < 3; i++) {
      long t = System.nanoTime();
      try (DataDirectory data = DataDirectory.open(dir);
          EmbeddedBroker broker = EmbeddedBroker.start(data, "stridewatch", false)) {
        System.err.println("start " + (System.nanoTime() - t) / 1e6);
        broker.kafka().check(Duration.ofSeconds(5));
        System.err.println("checked " + (System.nanoTime() - t) / 1e6 + " " + broker.kafka());
        broker.kafka().topics().create(broker.kafka(), 8, 1, 32 << 20);
        System.err.println("topics " + (System.nanoTime() - t) / 1e6);
        assertEquals(8, broker.kafka().topics().partitions(broker.kafka()));
        t = System.nanoTime();
      }
      System.err.println("stop " + (System.nanoTime() - t) / 1e6);
    }
  }
}
