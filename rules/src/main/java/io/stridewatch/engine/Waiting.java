package io.stridewatch.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What waits for the watermark, in the order of {@link Pending#ORDER}: most of it comes in that
 * order and is only appended, the rest is sorted in. One thread.
 */
final class Waiting {
  private final Deque<Pending> inOrder = new ArrayDeque<>();
  private final PriorityQueue<Pending> sorted = new PriorityQueue<>(Pending.ORDER);

  void add(Pending pending) {
    Pending last = inOrder.peekLast();
    if (last == null || Pending.ORDER.compare(last, pending) <= 0) {
      inOrder.addLast(pending);
    } else {
      sorted.add(pending);
    }
  }

  /** The first; null when nothing waits. */
  Pending first() {
    return isInOrder() ? inOrder.peekFirst() : sorted.peek();
  }

  /** The first, which waits no longer. */
  Pending poll() {
    return isInOrder() ? inOrder.pollFirst() : sorted.poll();
  }

  private boolean isInOrder() {
    return sorted.isEmpty()
        || !inOrder.isEmpty() && Pending.ORDER.compare(inOrder.peekFirst(), sorted.peek()) <= 0;
  }

  boolean isEmpty() {
    return inOrder.isEmpty() && sorted.isEmpty();
  }

  int size() {
    return inOrder.size() + sorted.size();
  }

  void clear() {
    inOrder.clear();
    sorted.clear();
  }

  /** All, in order; nothing waits any more. */
  List<Pending> taken() {
    List<Pending> all = new ArrayList<>(size());
    while (!isEmpty()) {
      all.add(poll());
    }
    return all;
  }
}
