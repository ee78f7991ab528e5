package io.stridewatch;

class MemoryCollectorTest implements CollectorContract {
  private final MemoryCollector.Texts texts = new MemoryCollector.Texts();

  @Override
  public Collector collector() {
    return new MemoryCollector(texts);
  }

  @Override
  public void say(int number) {
    texts.say("number-" + number);
  }

  @Override
  public boolean acknowledged(int number) {
    return texts.read() >= number;
  }

  @Override
  public void breakSource() {
    texts.breakDown();
  }
}
