package io.stridewatch.collector.buffer;

import io.stridewatch.Emitter;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what is on disk to Kafka, many entries in one call, on a thread of its own that nothing but
 * the end of the process ends: what can't be read or will never be taken is set aside whole.
 */
final class Drain implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final int ENTRIES = 1000;
  private static final long BYTES = 4 << 20;
  private static final long FIRST_PAUSE = 50;
  private static final long LONGEST_PAUSE = 1000;

  private final DiskBuffer buffer;
  private final Emitter kafka;
  private long pause = FIRST_PAUSE;
  private boolean troubled;

  Drain(DiskBuffer buffer, Emitter kafka) {
    this.buffer = buffer;
    this.kafka = kafka;
  }

  @Override
  public void run() {
    try {
      while (!buffer.closed()) {
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    try {
      List<SegmentLog.Entry> entries = buffer.next(ENTRIES, BYTES);
      give(entries);
      if (!entries.isEmpty()) {
        buffer.drained(entries);
      }
      troubled = false;
    } catch (IOException | RuntimeException e) {
      if (!troubled) {
        LOG.error("the disk buffer can't be drained, trying again: why={}", e.toString(), e);
      }
      troubled = true;
      pause();
    }
  }

  /** What one entry holds. */
  private record Read(SegmentLog.Entry entry, Given given) {}

  private void give(List<SegmentLog.Entry> entries) throws IOException, InterruptedException {
    List<Read> together = new ArrayList<>();
    for (SegmentLog.Entry entry : entries) {
      Given given = given(entry);
      if (given != null && !keptAlready(entry)) {
        together.add(new Read(entry, given));
      }
    }
    if (!together.isEmpty() && !gaveAll(together)) {
      for (Read one : together) {
        giveAlone(one);
      }
    }
  }

  private Given given(SegmentLog.Entry entry) throws IOException {
    try {
      return Given.of(entry.bytes());
    } catch (IllegalArgumentException e) {
      refuse(entry, e.getMessage());
      return null;
    }
  }

  private boolean keptAlready(SegmentLog.Entry entry) throws InterruptedException {
    Future<?> doubt = buffer.doubt(entry);
    try {
      if (doubt != null) {
        doubt.get();
      }
      return doubt != null;
    } catch (ExecutionException e) {
      return false;
    }
  }

  /** False when one among them will never be taken. */
  private boolean gaveAll(List<Read> together) throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    for (Read one : together) {
      if (one.given().reason() == null) {
        records.addAll(one.given().records());
      }
    }
    try {
      insist(new Given(records, null));
      for (Read one : together) {
        if (one.given().reason() != null) {
          insist(one.given());
        }
      }
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void giveAlone(Read one) throws IOException, InterruptedException {
    try {
      insist(one.given());
    } catch (RuntimeException e) {
      refuse(one.entry(), e.toString());
    }
  }

  private void refuse(SegmentLog.Entry entry, String why) throws IOException {
    buffer.setAside(entry);
    LOG.error(
        "an entry of the disk buffer can't be kept and is set aside: segment={} offset={} why={}",
        entry.place().segment(),
        entry.place().offset(),
        why);
  }

  /** Again and again until Kafka has it. */
  private void insist(Given given) throws InterruptedException {
    while (!given.records().isEmpty()) {
      try {
        given.to(kafka);
        pause = FIRST_PAUSE;
        return;
      } catch (IOException e) {
        pause();
      }
    }
  }

  private void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(pause);
    pause = Math.min(LONGEST_PAUSE, 2 * pause);
  }
}
