package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Audit logs as tests write them: lines, made to events. */
final class AuditdLines {
  private AuditdLines() {}

  /** The one event of these lines, on the host {@code vm} when they name none. */
  static AuditdEvent event(String... lines) {
    return AuditdDecoder.decode(
        "vm", String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The one event of these records, which are written without their header. */
  static AuditdEvent records(String... records) {
    String[] lines = new String[records.length];
    for (int i = 0; i < records.length; i++) {
      int blank = records[i].indexOf(' ');
      lines[i] =
          "type="
              + records[i].substring(0, blank)
              + " msg=audit(1795191097.530:112):"
              + records[i].substring(blank);
    }
    return event(lines);
  }

  /** All events of a log, in the order in which the assembler gives them. */
  static List<AuditdEvent> events(byte[] log) {
    List<AuditdEvent> events = new ArrayList<>();
    AuditdAssembler assembler =
        new AuditdAssembler(
            (raw, part) -> events.add(AuditdDecoder.decode("vm", raw, part)),
            (line, reason) -> {
              throw new AssertionError(reason);
            });
    feed(assembler, log);
    assembler.flush();
    return events;
  }

  /** Gives an assembler each line of a log. */
  static void feed(AuditdAssembler assembler, byte[] log) {
    int from = 0;
    for (int i = 0; i <= log.length; i++) {
      if (i == log.length || log[i] == '\n') {
        assembler.accept(log, from, i);
        from = i + 1;
      }
    }
  }
}
