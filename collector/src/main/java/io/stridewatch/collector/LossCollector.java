package io.stridewatch.collector;

import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks twice a minute what a source's records don't tell: what was lost of them, how it is set.
 * What it last heard is the question's to keep, so it reads nothing again. Run by one thread,
 * closed by any.
 */
public final class LossCollector implements Collector {
  private static final long SECONDS = 30;

  private final String name;
  private final Question question;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Who is asked, and what is told of the answer. */
  public interface Question {
    /** Asks once; what is other than the last time is told. */
    void ask(Emitter emitter) throws IOException, InterruptedException;
  }

  /** Of a question that this name tells from others. */
  public LossCollector(String name, Question question) {
    this.name = name;
    this.question = question;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean rereads() {
    return true;
  }

  @Override
  public void run(Emitter emitter) throws IOException, InterruptedException {
    do {
      question.ask(emitter);
    } while (!closed.await(SECONDS, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
