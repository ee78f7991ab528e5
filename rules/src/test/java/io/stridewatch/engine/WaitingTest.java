package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static Pending at(long nanos, int number) {
    return new Pending(new TestEvent(Source.DOCKER, "vm", "e" + number, nanos), List.of());
  }

  @Test
  void givesWhatAnOrderedQueueGivesWhateverOrderItCameIn() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Waiting<Pending> waiting = new Waiting<>(Pending.ORDER);
      PriorityQueue<Pending> queue = new PriorityQueue<>(Pending.ORDER);
      int disorder = 1 + random.nextInt(30);
      for (int i = 0; i < 100; i++) {
        Pending pending = at(1_000 + i + random.nextInt(disorder), i);
        waiting.add(pending);
        queue.add(pending);
        if (random.nextInt(3) == 0) {
          assertEquals(queue.peek(), waiting.first());
          assertEquals(queue.poll(), waiting.poll());
        }
        assertEquals(queue.size(), waiting.size());
      }
      List<Pending> rest = new ArrayList<>();
      while (!queue.isEmpty()) {
        rest.add(queue.poll());
      }
      assertEquals(rest, waiting.taken());
      assertNull(waiting.first());
    }
  }
}
