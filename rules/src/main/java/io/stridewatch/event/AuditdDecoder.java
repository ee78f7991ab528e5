package io.stridewatch.event;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;

/** Reads the raw value of an auditd event: its records, one a line. Pure; any thread. */
public final class AuditdDecoder {
  private static final String TYPE = "io.stridewatch.auditd.event";

  private AuditdDecoder() {}

  /**
   * The event of these lines, looked at no further than the headers of its records.
   *
   * @param defaultScope its scope when it has no {@code node=}
   * @throws UnreadableRecordException when a line is not an audit record, or is of another event
   */
  public static AuditdEvent decode(String defaultScope, byte[] raw) {
    return decode(defaultScope, raw, 0);
  }

  /**
   * The same for what came after an event was closed.
   *
   * @param part 0, or the part number that the assembler gave
   */
  public static AuditdEvent decode(String defaultScope, byte[] raw, int part) {
    AuditdHeader header = new AuditdHeader();
    AuditdEvent event = null;
    int line = 1;
    for (int from = 0; from < raw.length; line++) {
      int to = ByteSearch.indexOf((byte) '\n', raw, from, raw.length);
      if (to > from) {
        event = read(header, defaultScope, raw, from, to, part, event, line);
      }
      from = to + 1;
    }
    if (event == null) {
      throw new UnreadableRecordException("not an auditd event: it has no line");
    }
    return event;
  }

  private static AuditdEvent read(
      AuditdHeader header,
      String defaultScope,
      byte[] raw,
      int from,
      int to,
      int part,
      AuditdEvent begun,
      int line) {
    String fault = header.read(raw, from, to);
    if (fault != null) {
      throw new UnreadableRecordException("line " + line + " is not an audit record: " + fault);
    }
    AuditdEvent event = begun == null ? begin(header, defaultScope, raw, part) : begun;
    if (begun != null && !event.is(header.nanos, header.serial)) {
      throw new UnreadableRecordException("line " + line + " is a record of another event");
    }
    AuditdType type = AuditdType.of(raw, header.typeFrom, header.typeTo);
    event.add(new AuditdRecord(event, raw, header.body, to, type));
    return event;
  }

  private static AuditdEvent begin(AuditdHeader header, String defaultScope, byte[] raw, int part) {
    String node = AuditdText.text(raw, header.nodeFrom, header.nodeTo);
    return new AuditdEvent(
        node.isEmpty() ? defaultScope : node,
        node,
        raw,
        header.stampFrom,
        header.stampTo,
        header.nanos,
        header.serial,
        part);
  }

  /**
   * The envelope of an event as an assembler gave it.
   *
   * @param address where it was read, such as {@code /var/log/audit/audit.log}; may be empty
   * @throws UnreadableRecordException as {@link #decode(String, byte[], int)}
   */
  public static SourceRecord record(String address, String defaultScope, byte[] raw, int part) {
    AuditdEvent event = decode(defaultScope, raw, part);
    return new SourceRecord(
        Source.AUDITD, address, event.id(), TYPE, event.time(), "text/plain", event.scope(), raw);
  }

  /** The part number at the end of an event's id: what is behind the last {@code +}, else 0. */
  public static int part(String id) {
    int plus = id.lastIndexOf('+');
    if (plus < 0 || plus == id.length() - 1 || id.length() - plus > 9) {
      return 0;
    }
    int part = 0;
    for (int i = plus + 1; i < id.length(); i++) {
      int digit = id.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      part = part * 10 + digit;
    }
    return part;
  }
}
