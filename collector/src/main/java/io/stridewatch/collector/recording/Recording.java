package io.stridewatch.collector.recording;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.collector.recording.Seam.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Recorded streams as one: Kubernetes audit logs, auditd logs, Docker event streams with the facts
 * beside them, plain or packed with gzip or zstd, each told by its content. The events come in the
 * order of their time, as far as each input is in order itself; ties are broken by source and id,
 * so that the order in which inputs are named means nothing.
 *
 * <p>Used by one thread. Reads lazily: a line of each input, and of Docker's inputs up to 10,000
 * records or 64 MiB of facts ahead, because answers are written down after the events that they
 * belong to. A line is bounded by 64 MiB.
 */
public final class Recording implements AutoCloseable {
  private static final String STANDARD_INPUT = "-";
  private static final long FACT_DELAY = 5_000_000_000L;
  private static final int AHEAD = 10_000;
  private static final int AHEAD_AT_MOST = 100_000;
  private static final long AHEAD_BYTES = 64L << 20;
  private static final Comparator<AuditEvent> ORDER =
      Comparator.comparingLong(AuditEvent::nanos)
          .thenComparing(AuditEvent::source)
          .thenComparing(AuditEvent::id);

  private final Facts facts = new Facts();
  private final List<Input> inputs = new ArrayList<>();

  private Recording() {}

  /**
   * Opens files; {@code -} is standard input.
   *
   * @param forcedSource what every input is, null to tell each by its content
   * @param defaultScope scope of the records that name none
   * @throws IOException when one can't be opened, with a message that says which and why
   */
  public static Recording open(List<String> inputs, Source forcedSource, String defaultScope)
      throws IOException {
    return open(inputs, System.in, forcedSource, defaultScope);
  }

  /** The recording with these records as well, each in its own scope. */
  public Recording with(List<? extends Records> kept) {
    kept.forEach(records -> inputs.add(new RecordInput(records)));
    return this;
  }

  static Recording open(
      List<String> names, InputStream standardInput, Source forcedSource, String defaultScope)
      throws IOException {
    Recording recording = new Recording();
    try {
      for (String name : names) {
        boolean standard = name.equals(STANDARD_INPUT);
        InputStream stream = standard ? standardInput : file(name);
        String called = standard ? "standard input" : name;
        recording.inputs.add(
            new LineInput(called, stream, forcedSource, defaultScope, recording.facts));
      }
      return recording;
    } catch (IOException e) {
      recording.close();
      throw e;
    }
  }

  private static InputStream file(String name) throws IOException {
    Path path = path(name);
    if (Files.notExists(path)) {
      throw new IOException(name + ": no such file: check the path");
    }
    if (Files.isDirectory(path)) {
      throw new IOException(
          name + ": is a directory: name the files in it, such as " + name + "/*");
    }
    try {
      return Files.newInputStream(path);
    } catch (AccessDeniedException e) {
      throw new IOException(name + ": may not be read: ask for read permission on it", e);
    }
  }

  private static Path path(String name) throws IOException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException("an input has a name that no file can have: check the path", e);
    }
  }

  /**
   * Reads all of it, once.
   *
   * @param events takes each event, on this thread
   * @param rejected takes what can't be read
   */
  public void forEach(Consumer<AuditEvent> events, Consumer<RejectedLine> rejected) {
    inputs.forEach(input -> input.rejectTo(rejected));
    List<Input> unfinished = new ArrayList<>(inputs);
    while (!unfinished.isEmpty()) {
      Input first = Collections.min(unfinished, Recording::compare);
      advance(first, events);
      if (first.ended() && first.peek() == null) {
        unfinished.remove(first);
      }
    }
  }

  /** Inputs without one readable record, each as one line that says which and why. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (Input input : inputs) {
      if (input.fault() != null) {
        faults.add(input.fault());
      }
    }
    return faults;
  }

  /** What was left out although it was read, each as one line for a person. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>();
    for (Input input : inputs) {
      if (input.passedOverCount() > 0) {
        notices.add(
            input.name()
                + ": passed over "
                + input.passedOverCount()
                + " lines that no rule reads");
      }
    }
    if (facts.unjoined() > 0) {
      notices.add(facts.unjoined() + " facts belong to no event of this recording");
    }
    return notices;
  }

  private void advance(Input input, Consumer<AuditEvent> events) {
    AuditEvent event = input.poll();
    if (event == null) {
      input.read();
    } else if (Facts.wanted(event)) {
      readAhead(event.nanos() + FACT_DELAY);
      events.accept(facts.joined(event));
    } else {
      events.accept(event.source() == Source.AUDITD ? whole(input, event) : event);
    }
  }

  /** With its other pieces, when it lies in two files or more. */
  private AuditEvent whole(Input input, AuditEvent event) {
    AuditEvent whole = event;
    for (Input other : inputs) {
      if (other != input && other.inPieces() && input.inPieces()) {
        readTo(other, event.nanos());
        AuditEvent piece = other.otherPiece(whole);
        if (piece != null) {
          readTo(input, event.nanos());
          whole = Seam.joined(Piece.of(whole, input), Piece.of(piece, other));
        }
      }
    }
    return whole;
  }

  private static void readTo(Input input, long nanos) {
    while (!input.ended() && input.newest() <= nanos) {
      input.read();
    }
  }

  private void readAhead(long nanos) {
    for (Input input : inputs) {
      while (input.docker() && !input.ended() && wanted(input, nanos)) {
        input.read();
      }
    }
  }

  private boolean wanted(Input input, long nanos) {
    return input.newest() <= nanos
        ? input.ahead() < AHEAD_AT_MOST
        : input.ahead() < AHEAD && facts.bytes() < AHEAD_BYTES;
  }

  private static int compare(Input one, Input other) {
    AuditEvent first = one.peek();
    AuditEvent second = other.peek();
    int byTime = Long.compare(one.position(), other.position());
    if (byTime != 0 || first == null || second == null) {
      return byTime != 0 ? byTime : Boolean.compare(first != null, second != null);
    }
    return ORDER.compare(first, second);
  }

  @Override
  public void close() throws IOException {
    for (Input input : inputs) {
      input.close();
    }
  }
}
