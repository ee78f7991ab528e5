package io.stridewatch.event;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A type of audit records, as what is asked of each record a dozen times.
 *
 * @param describes whether it only describes what a call was about: no key, no result of its own
 * @param common whether there is one in an event, and its fields hold for all records
 * @param last whether the kernel writes no other record of the event behind it
 */
record AuditdType(String name, boolean describes, boolean common, boolean last) {
  private static final Set<String> DESCRIBING =
      Set.of("PATH", "CWD", "EXECVE", "PROCTITLE", "SOCKADDR", "BPRM_FCAPS");
  private static final Set<String> COMMON = Set.of("SYSCALL", "CWD", "PROCTITLE");

  /** More than there are; beyond it an attacker's inventions are not kept. */
  private static final int KEPT = 1024;

  private static final Map<String, AuditdType> KNOWN = new ConcurrentHashMap<>();

  /** The last types of their hash. Without a lock: the loser of a race is looked up once more. */
  private static final Spelling[] RECENT = new Spelling[64];

  /** A type and how it was written. */
  private record Spelling(String written, AuditdType type) {}

  /** The type written at {@code line[from, to)}. */
  static AuditdType of(byte[] line, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + line[i];
    }
    int slot = (hash ^ hash >>> 8) & RECENT.length - 1;
    Spelling recent = RECENT[slot];
    if (recent == null || !AuditdText.equal(recent.written, line, from, to)) {
      recent = new Spelling(AuditdText.text(line, from, to), known(line, from, to));
      RECENT[slot] = recent;
    }
    return recent.type;
  }

  private static AuditdType known(byte[] line, int from, int to) {
    String name = AuditdText.text(line, from, to);
    AuditdType known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    String meant = AuditdTypes.name(name);
    AuditdType made =
        new AuditdType(
            meant, DESCRIBING.contains(meant), COMMON.contains(meant), AuditdTypes.last(meant));
    if (KNOWN.size() < KEPT) {
      KNOWN.put(name, made);
    }
    return made;
  }

  boolean is(String name) {
    return this.name.equals(name);
  }
}
