package io.stridewatch.collector.recording;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.ByteLines;
import io.stridewatch.event.AuditdDecoder;
import io.stridewatch.event.Decoders;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One file of a recording, read line by line as its events are asked for. What can't be read of it
 * is told; that it ends early or can't be read on is one such thing, not a failure of the others.
 */
final class LineInput implements Found, Input {
  private static final int BINARY_LOOK = 8 << 10;

  private final String name;
  private final InputStream packed;
  private final String defaultScope;
  private final Facts facts;
  private final Framing framing;
  private final Deque<AuditEvent> events = new ArrayDeque<>();
  private Consumer<RejectedLine> rejected;
  private ByteLines lines;
  private long began = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;
  private long records;
  private long passedOver;
  private long refused;
  private boolean docker;
  private boolean ended;

  LineInput(String name, InputStream packed, Source forced, String defaultScope, Facts facts) {
    this.name = name;
    this.packed = packed;
    this.defaultScope = defaultScope;
    this.facts = facts;
    framing = new Framing(forced, this);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void rejectTo(Consumer<RejectedLine> consumer) {
    rejected = consumer;
  }

  @Override
  public AuditEvent peek() {
    return events.peekFirst();
  }

  @Override
  public AuditEvent poll() {
    return events.pollFirst();
  }

  @Override
  public boolean inPieces() {
    return true;
  }

  @Override
  public AuditEvent otherPiece(AuditEvent event) {
    Iterator<AuditEvent> ahead = events.iterator();
    while (ahead.hasNext()) {
      AuditEvent other = ahead.next();
      if (other.nanos() > event.nanos()) {
        return null;
      }
      if (other.id().equals(event.id()) && !Arrays.equals(other.raw(), event.raw())) {
        ahead.remove();
        return other;
      }
    }
    return null;
  }

  @Override
  public long began() {
    return began;
  }

  @Override
  public int ahead() {
    return events.size();
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public boolean docker() {
    return docker;
  }

  @Override
  public long newest() {
    return newest;
  }

  @Override
  public long passedOverCount() {
    return passedOver;
  }

  @Override
  public String fault() {
    if (records + passedOver > 0) {
      return null;
    }
    return refused == 0
        ? name + ": is empty: it holds no record"
        : name + ": holds no readable record of Docker, auditd or Kubernetes";
  }

  /** A line more. */
  @Override
  public void read() {
    try {
      if (lines == null) {
        lines = new ByteLines(Unpacked.of(packed));
      }
      if (lines.next() || lines.rest()) {
        line();
      } else {
        end();
      }
    } catch (EOFException e) {
      breakOff("its compressed data breaks off here: the rest is missing");
    } catch (IOException e) {
      breakOff("can't be read on: " + e.getMessage());
    }
  }

  private void line() {
    if (lines.cut()) {
      String reason = "a line of " + lines.length() + " bytes: longer than " + ByteLines.LONGEST;
      tell(new RejectedLine(name, lines.number(), reason, lines.bytes(), lines.length()));
    } else if (lines.number() == 1 && binary()) {
      rejected(lines.number(), "binary data, not a recording", lines.bytes());
      ended = true;
    } else {
      framing.accept(lines.number(), lines.buffer(), lines.from(), lines.to());
    }
  }

  /** A line of text may hold a zero byte; what begins as no line of a recording does is none. */
  private boolean binary() {
    if (lines.from() < lines.to() && "{[tn \t".indexOf(lines.buffer()[lines.from()]) >= 0) {
      return false;
    }
    int end = Math.min(lines.to(), lines.from() + BINARY_LOOK);
    for (int at = lines.from(); at < end; at++) {
      if (lines.buffer()[at] == 0) {
        return true;
      }
    }
    return false;
  }

  private void end() {
    ended = true;
    framing.end();
  }

  private void breakOff(String reason) {
    if (lines != null && lines.rest()) {
      line();
    }
    end();
    rejected(lines == null ? 1 : lines.number() + 1, reason, new byte[0]);
  }

  @Override
  public void kept(SourceRecord record) {
    if (record.source() == Source.PIPELINE) {
      passedOver++;
    } else {
      decoded(record.value(), () -> Decoders.decode(record));
    }
  }

  @Override
  public void record(Source source, byte[] raw) {
    decoded(raw, () -> Decoders.decode(source, defaultScope, raw));
  }

  @Override
  public void audited(byte[] raw, int part) {
    decoded(raw, () -> AuditdDecoder.decode(defaultScope, raw, part));
  }

  private void decoded(byte[] raw, Supplier<AuditEvent> decoder) {
    try {
      AuditEvent event = decoder.get();
      began = records == 0 ? event.nanos() : began;
      newest = Math.max(newest, event.nanos());
      events.addLast(event);
      records++;
      docker |= event.source() == Source.DOCKER;
    } catch (UnreadableRecordException e) {
      rejected(lines.number(), e.getMessage(), raw);
    }
  }

  @Override
  public void fact(Fact fact) {
    newest = Math.max(newest, fact.nanos());
    records++;
    docker = true;
    facts.add(fact);
  }

  @Override
  public void passedOver() {
    passedOver++;
  }

  @Override
  public void rejected(long line, String reason, byte[] bytes) {
    tell(new RejectedLine(name, line, reason, bytes, bytes.length));
  }

  private void tell(RejectedLine line) {
    refused++;
    rejected.accept(line);
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }
}
