package io.stridewatch.collector;

import io.stridewatch.collector.recording.Unpacked;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * What a log and its rotations, packed ones too, hold that was written since a time: line by line,
 * oldest file first, up to where the log ends when it is reached. All files are opened at once, so
 * that a rotation meanwhile changes nothing. One thread; at most 64 files, the newest.
 */
public final class PastLog implements Closeable {
  private static final int FILES = 64;

  private final Deque<InputStream> streams = new ArrayDeque<>();
  private ByteLines lines;

  private PastLog() {}

  /**
   * Opens them, and the one before: the log may have been rotated at that very time.
   *
   * @throws IOException when the log is not there or may not be read
   */
  public static PastLog since(Path log, Instant time) throws IOException {
    LogFiles files = new LogFiles(log);
    List<LogFiles.Entry> all = new ArrayList<>(files.packed());
    all.addAll(files.all());
    all.removeIf(entry -> entry.path().equals(log));
    all.sort(Comparator.comparing(LogFiles.Entry::modified));
    int first = all.size();
    while (first > 0 && !all.get(first - 1).modified().isBefore(time)) {
      first--;
    }
    PastLog past = new PastLog();
    try {
      for (LogFiles.Entry entry : all.subList(start(first, all.size()), all.size())) {
        past.streams.add(Unpacked.of(Files.newInputStream(entry.path())));
      }
      past.streams.add(Files.newInputStream(log));
      past.lines = new ByteLines(past.streams.peek());
      return past;
    } catch (IOException e) {
      past.close();
      throw e;
    }
  }

  private static int start(int first, int files) {
    return Math.max(Math.max(0, first - 1), files - FILES);
  }

  /** Moves to the next line; false at the log's end. */
  public boolean next() throws IOException {
    while (!lines.next()) {
      if (streams.size() == 1) {
        return false;
      }
      if (lines.rest()) {
        return true;
      }
      streams.remove().close();
      lines = new ByteLines(streams.peek());
    }
    return true;
  }

  /** The line it stands at. */
  public ByteLines line() {
    return lines;
  }

  @Override
  public void close() throws IOException {
    while (!streams.isEmpty()) {
      streams.remove().close();
    }
  }
}
