package io.stridewatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads a list of texts, as the simplest collector there can be. */
public final class MemoryCollector implements Collector {

  /** What it reads: shared by those that follow one another. */
  public static final class Texts {
    private final List<String> texts = new ArrayList<>();
    private int read;
    private boolean broken;

    /** Says one more. */
    public synchronized void say(String text) {
      texts.add(text);
      notifyAll();
    }

    /** How many are safe. */
    public synchronized int read() {
      return read;
    }

    /** Fails from now on. */
    public synchronized void breakDown() {
      broken = true;
    }

    private synchronized String next() throws IOException, InterruptedException {
      if (broken) {
        throw new IOException("the memory is broken");
      }
      if (read == texts.size()) {
        TimeUnit.MILLISECONDS.timedWait(this, 5);
      }
      return read < texts.size() ? texts.get(read) : null;
    }

    private synchronized void move() {
      read++;
    }
  }

  private final Texts texts;
  private volatile boolean closed;

  /** Goes on behind the last text that is safe. */
  public MemoryCollector(Texts texts) {
    this.texts = texts;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void run(Emitter emitter) throws IOException, InterruptedException {
    while (!closed) {
      String text = texts.next();
      if (text != null) {
        emitter.emit(List.of(record(text)));
        texts.move();
      } else {
        emitter.readUpTo("-", Source.PIPELINE, Instant.EPOCH, "");
      }
    }
  }

  private static SourceRecord record(String text) {
    return new SourceRecord(
        Source.PIPELINE,
        "memory",
        text,
        "io.stridewatch.pipeline.text",
        Instant.EPOCH,
        "text/plain",
        "-",
        text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    closed = true;
  }
}
