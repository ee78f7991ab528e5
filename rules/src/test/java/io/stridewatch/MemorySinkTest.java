package io.stridewatch;

class MemorySinkTest implements SinkContract {
  private final MemorySink sink = new MemorySink();

  @Override
  public Sink sink() {
    return sink;
  }

  @Override
  public String told() {
    return String.join("\n", sink.lines());
  }
}
