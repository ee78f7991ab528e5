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
    needed = 30;
    look(30, 0);
    look(38, 0);
    look(150, 1);
    look(30, 1);
    look(150, 2);
  }

  @Test
  void isLeftAloneWhileItIsNeeded() {
    needed = 120;
    look(130, 1);
    look(125, 1);
    look(126, 1);
    look(127, 2);
    needed = 30;
    look(135, 3);
    look(39, 4);
  }

  private void look(long now, int wanted) {
    megabytes = now;
    heap.look();
    assertEquals(wanted, collections);
  }
}
