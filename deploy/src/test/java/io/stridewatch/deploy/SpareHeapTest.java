package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SpareHeapTest {
  private long megabytes;
  private long needed;
  private int collections;
  private final SpareHeap heap =
      new SpareHeap(
          () -> megabytes << 20,
          () -> {
            collections++;
            megabytes = needed;
          });

  @Test
  void isGivenBackAfterABurstAndNotBefore() {
    needed = 40;
    look(40, 0);
    look(59, 0);
    look(150, 1);
    look(40, 1);
    look(150, 2);
  }

  @Test
  void isLeftAloneWhileItIsNeeded() {
    needed = 120;
    look(130, 1);
    look(125, 1);
    look(131, 1);
    look(133, 2);
    needed = 40;
    look(135, 3);
    look(61, 4);
  }

  private void look(long now, int wanted) {
    megabytes = now;
    heap.look();
    assertEquals(wanted, collections);
  }
}
