package io.stridewatch.collector.recording;

import io.stridewatch.AuditEvent;
import io.stridewatch.event.AuditdDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Two pieces of one event of auditd, made whole: a log is rotated between two lines, wherever that
 * falls.
 */
final class Seam {
  /** The older file's piece comes first; where that doesn't tell, the kernel's order of records. */
  private static final Comparator<Piece> BY_PLACE =
      Comparator.comparingLong(Piece::began)
          .thenComparingLong(Piece::newest)
          .thenComparingInt(piece -> place(piece.event))
          .thenComparing(piece -> piece.event.raw(), Arrays::compare);

  private Seam() {}

  /**
   * A piece.
   *
   * @param began time of the first event of its input
   * @param newest time up to which its input was read
   */
  record Piece(AuditEvent event, long began, long newest) {
    static Piece of(AuditEvent event, Input input) {
      return new Piece(event, input.began(), input.newest());
    }
  }

  /** The event with the lines of both, in whichever order they are given. */
  static AuditEvent joined(Piece one, Piece other) {
    boolean inOrder = BY_PLACE.compare(one, other) <= 0;
    byte[] head = (inOrder ? one : other).event.raw();
    byte[] tail = (inOrder ? other : one).event.raw();
    byte[] whole = contains(head, tail) ? head : contains(tail, head) ? tail : together(head, tail);
    return AuditdDecoder.decode(one.event.scope(), whole);
  }

  private static byte[] together(byte[] head, byte[] tail) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length + tail.length + 1);
    whole.writeBytes(head);
    whole.write('\n');
    whole.writeBytes(tail);
    return whole.toByteArray();
  }

  private static int place(AuditEvent event) {
    String text = text(event.raw());
    return text.contains("type=SYSCALL ") ? 0 : text.contains("type=PROCTITLE ") ? 2 : 1;
  }

  private static boolean contains(byte[] whole, byte[] piece) {
    return ("\n" + text(whole) + "\n").contains("\n" + text(piece) + "\n");
  }

  private static String text(byte[] raw) {
    return new String(raw, StandardCharsets.ISO_8859_1);
  }
}
