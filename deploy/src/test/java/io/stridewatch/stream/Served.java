package io.stridewatch.stream;

/** A delivery on its thread, once it begins. */
final class Served implements AutoCloseable {
  private final Delivery delivery;
  private final Thread thread;

  Served(Delivery delivery) {
    this.delivery = delivery;
    thread = new Thread(this::serve);
  }

  void begin() {
    thread.start();
  }

  private void serve() {
    try {
      delivery.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    delivery.close();
    Running.ended(thread);
  }
}
