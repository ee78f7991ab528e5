package io.stridewatch.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What waits for its time, in order: most of it comes in that order and is only appended, the rest
 * is sorted in. One thread.
 */
final class Waiting<T> {
  private final Comparator<T> order;
  private final Deque<T> inOrder = new ArrayDeque<>();
  private final PriorityQueue<T> sorted;

  Waiting(Comparator<T> order) {
    this.order = order;
    this.sorted = new PriorityQueue<>(order);
  }

  void add(T next) {
    T last = inOrder.peekLast();
    if (last == null || order.compare(last, next) <= 0) {
      inOrder.addLast(next);
    } else {
      sorted.add(next);
    }
  }

  /** The first; null when nothing waits. */
  T first() {
    return isInOrder() ? inOrder.peekFirst() : sorted.peek();
  }

  /** The first, which waits no longer. */
  T poll() {
    return isInOrder() ? inOrder.pollFirst() : sorted.poll();
  }

  private boolean isInOrder() {
    return sorted.isEmpty()
        || !inOrder.isEmpty() && order.compare(inOrder.peekFirst(), sorted.peek()) <= 0;
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
  List<T> taken() {
    List<T> all = new ArrayList<>(size());
    while (!isEmpty()) {
      all.add(poll());
    }
    return all;
  }
}
