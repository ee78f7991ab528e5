package io.stridewatch.collector;

import io.stridewatch.Emitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads a log as it grows, has its records kept, and then moves the cursor: what was read and not
 * kept is read again, by this process or the next. {@link #run} is for one thread, {@link #close}
 * for another. Looks ten times a second whether there is more.
 */
public final class LogFollower {
  private static final long PAUSE_MILLIS = 100;

  private final Path log;
  private final Path cursorFile;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean fromStart;
  private LogCursor cursor;

  /** Makes records of lines. */
  public interface Framing {
    /**
     * Takes a line.
     *
     * @param line stands at it
     * @param start before it
     * @param end behind it
     */
    void line(ByteLines line, Position start, Position end);

    /** Nothing more was there just now. */
    void quiet();

    /** Up to where all lines are in records that were added to the batch; null when none is. */
    Position safe();
  }

  /**
   * A log that need not be there yet.
   *
   * @param log as its writer opens it
   * @param cursorFile where the place is kept over a restart, null to forget it
   * @param fromStart where to begin without a cursor: at the first line, or behind the last
   */
  public LogFollower(Path log, Path cursorFile, boolean fromStart, InstantSource clock) {
    this.log = log;
    this.cursorFile = cursorFile;
    this.fromStart = fromStart;
    this.clock = clock;
  }

  /**
   * Follows until {@link #close}.
   *
   * @param batch where the framing puts its records
   * @throws IOException when the log is not there or may not be read, or records were not kept
   */
  public void run(Framing framing, Batch batch, Emitter emitter)
      throws IOException, InterruptedException {
    emitter.readUpTo(batch.scope(), batch.source(), null, "");
    try (FollowedLog followed = open()) {
      Position start = followed.position();
      if (cursor == null) {
        move(start);
      }
      while (closed.getCount() > 0) {
        Instant now = clock.instant();
        Position end = round(followed, start, framing, batch);
        batch.give(emitter);
        move(framing.safe());
        if (end.equals(start)) {
          tell(now, end, framing.safe(), batch, emitter);
          closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        start = end;
      }
    }
  }

  /** There was no more at that time, and of what was read nothing is held back. */
  private static void tell(Instant now, Position end, Position safe, Batch batch, Emitter emitter) {
    if (safe == null || safe.equals(end)) {
      emitter.readUpTo(batch.scope(), batch.source(), now, Long.toString(end.offset()));
    }
  }

  /** Makes {@link #run} return. */
  public void close() {
    closed.countDown();
  }

  private Position round(FollowedLog followed, Position from, Framing framing, Batch batch)
      throws IOException {
    Position start = from;
    while (!batch.full()) {
      if (!followed.next()) {
        framing.quiet();
        return start;
      }
      Position end = followed.position();
      if (followed.line().cut()) {
        batch.reject(followed.line().bytes(), tooLong(followed.line()));
      } else {
        framing.line(followed.line(), start, end);
      }
      start = end;
    }
    return start;
  }

  private static String tooLong(ByteLines line) {
    return "a line of " + line.length() + " bytes is longer than " + ByteLines.LONGEST;
  }

  private FollowedLog open() throws IOException {
    if (cursor == null && cursorFile != null) {
      cursor = LogCursor.read(cursorFile);
    }
    if (cursor != null) {
      return FollowedLog.from(log, cursor);
    }
    if (Files.notExists(log)) {
      fromStart = true;
      throw new IOException(log + ": no such file yet");
    }
    return fromStart ? FollowedLog.fromStart(log) : FollowedLog.fromEnd(log);
  }

  private void move(Position safe) throws IOException {
    if (safe == null || cursor != null && cursor.at(safe)) {
      return;
    }
    cursor = LogCursor.of(safe, clock.instant());
    if (cursorFile != null) {
      cursor.write(cursorFile);
    }
  }
}
