package io.stridewatch.collector;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log file as its writer sees it: followed through rotation by rename, where the old file is read
 * to its end first, through being cut in place, and through deletion, until the name comes back.
 * What was rotated and compressed while nobody read is read first. Used by one thread. Nothing is
 * locked, and nothing waits.
 */
final class FollowedLog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedLog.class);

  private final LogFiles files;
  private final PackedLogs packed;
  private LogFile current;

  /** Whether the current file was unpacked: then all that is not packed follows. */
  private boolean unpacked;

  private FollowedLog(LogFiles files, LogFile current) {
    this(files, PackedLogs.none(), current, false);
  }

  private FollowedLog(LogFiles files, PackedLogs packed, LogFile current, boolean unpacked) {
    this.files = files;
    this.packed = packed;
    this.current = current;
    this.unpacked = unpacked;
  }

  /** From the log's first line on. */
  static FollowedLog fromStart(Path log) throws IOException {
    return new FollowedLog(new LogFiles(log), LogFile.open(log, 0));
  }

  /** From behind the last line that is there now. */
  static FollowedLog fromEnd(Path log) throws IOException {
    return new FollowedLog(new LogFiles(log), LogFile.open(log, LogFile.end(log)));
  }

  /**
   * From where it was read to, whatever that file is called now. When it is gone, what was written
   * since is read from its first line: a line may come twice then, and is known by its id.
   */
  static FollowedLog from(Path log, LogCursor cursor) throws IOException {
    LogFiles files = new LogFiles(log);
    List<LogFiles.Entry> all = files.all();
    for (LogFiles.Entry entry : all) {
      if (cursor.of(entry)) {
        return new FollowedLog(files, LogFile.open(entry.path(), cursor.offset()));
      }
    }
    PackedLogs packed = PackedLogs.behind(files, cursor);
    if (packed.whole()) {
      return new FollowedLog(files, packed, packed.next(), true);
    }
    LOG.warn(
        "the log was cut or rotated away while nobody read it, lines may be missing:"
            + " log={} since={}",
        log,
        cursor.saved());
    if (!packed.isEmpty()) {
      return new FollowedLog(files, packed, packed.next(), true);
    }
    for (LogFiles.Entry entry : all) {
      if (!entry.modified().isBefore(cursor.saved())) {
        return new FollowedLog(files, LogFile.open(entry.path(), 0));
      }
    }
    return fromStart(log);
  }

  /**
   * Moves to the next line, be it in the next file.
   *
   * @return false when there is none for now
   */
  boolean next() throws IOException {
    while (true) {
      if (current.next()) {
        return true;
      }
      if (unpacked) {
        if (current.rest()) {
          return true;
        }
        leaveUnpacked();
        continue;
      }
      if (current.wasCut()) {
        startOver();
        continue;
      }
      Optional<LogFiles.Entry> successor = successor();
      if (successor.isEmpty()) {
        return false;
      }
      // It may have been written to between its end and the sight of the next one.
      if (current.next() || current.rest()) {
        return true;
      }
      moveTo(LogFile.open(successor.get().path(), 0));
    }
  }

  /** The line it stands at. */
  ByteLines line() {
    return current.line();
  }

  /** Behind the line it stands at. */
  Position position() {
    return current.position();
  }

  /** To the next compressed one; behind the last to the first that was written after it. */
  private void leaveUnpacked() throws IOException {
    unpacked = !packed.isEmpty();
    if (unpacked) {
      moveTo(packed.next());
      return;
    }
    Path next =
        files.all().stream()
            .filter(entry -> !entry.modified().isBefore(packed.newest()))
            .findFirst()
            .map(LogFiles.Entry::path)
            .orElse(files.log());
    moveTo(LogFile.open(next, 0));
  }

  private void startOver() throws IOException {
    LOG.warn(
        "the log was cut in place, what had not been read of it is lost: log={} offset={}",
        files.log(),
        current.position().offset());
    moveTo(LogFile.open(nameOf(current), 0));
  }

  private Path nameOf(LogFile file) throws IOException {
    for (LogFiles.Entry entry : files.all()) {
      if (entry.number().equals(file.number())) {
        return entry.path();
      }
    }
    return files.log();
  }

  private void moveTo(LogFile next) throws IOException {
    LogFile old = current;
    current = next;
    old.close();
  }

  /** The file that follows, once its writer has begun it: until then the old one may still grow. */
  private Optional<LogFiles.Entry> successor() throws IOException {
    if (files.isWritten(current.number())) {
      return Optional.empty();
    }
    return files.after(current.number()).stream().filter(entry -> entry.size() > 0).findFirst();
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
