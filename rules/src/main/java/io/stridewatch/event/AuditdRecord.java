package io.stridewatch.event;

import io.stridewatch.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One record of an auditd event. Its own fields come first; what it lacks is asked of the event:
 * derived fields, and those of the SYSCALL, CWD and PROCTITLE records but for the call's raw
 * arguments. Unset ids read {@code unset} as well as they are spelled; {@code syscall} gives the
 * name as well as the number; {@code inode} of a PATH gives {@code dev:inode} as well.
 */
final class AuditdRecord implements Fields {
  /** Fields that the kernel and libaudit write in hex when a byte needs it (auparse, typetab.h). */
  private static final Set<String> ENCODED =
      Set.of(
          "acct",
          "cgroup",
          "cmd",
          "comm",
          "cwd",
          "data",
          "device",
          "dir",
          "exe",
          "file",
          "grp",
          "invalid_context",
          "key",
          "name",
          "new-chardev",
          "new-disk",
          "new-fs",
          "new-net",
          "new_group",
          "ocomm",
          "old-chardev",
          "old-disk",
          "old-fs",
          "old-net",
          "path",
          "proctitle",
          "root_dir",
          "sw",
          "vm",
          "watch");

  private final AuditdEvent event;
  private final byte[] raw;
  private final int from;
  private final int to;
  private final AuditdType type;
  private AuditdTokens tokens;

  /** The system call's name and number; empty when it has no name. */
  private List<String> calls;

  AuditdRecord(AuditdEvent event, byte[] raw, int from, int to, AuditdType type) {
    this.event = event;
    this.raw = raw;
    this.from = from;
    this.to = to;
    this.type = type;
  }

  /** Lets go of where its fields lie. */
  void rest() {
    tokens = null;
    calls = null;
  }

  AuditdType type() {
    return type;
  }

  AuditdTokens tokens() {
    if (tokens == null) {
      tokens = new AuditdTokens(raw, from, to, type.is("USER"));
    }
    return tokens;
  }

  byte[] raw() {
    return raw;
  }

  @Override
  public List<String> values(String field) {
    List<String> own = own(field);
    return own.isEmpty() && tokens().find(field, 0) < 0 ? event.common(field) : own;
  }

  @Override
  public boolean has(String field) {
    return hasOwn(field) || event.hasCommon(field);
  }

  boolean hasOwn(String field) {
    return field.equals("type") || tokens().find(field, 0) >= 0 || !own(field).isEmpty();
  }

  /** The values that the record itself has, in order. */
  List<String> own(String field) {
    return switch (field) {
      case "type" -> List.of(type.name());
      case "SYSCALL" -> call(true);
      case "ARCH" -> architecture();
      case "key" -> keys();
      case "syscall" -> call(false);
      case "inode" -> inodes();
      case "auid", "ses", "oauid", "oses", "old-auid", "old-ses", "sauid" -> ids(field);
      default ->
          type.is("EXECVE") && AuditdArguments.names(field) ? event.argument(field) : plain(field);
    };
  }

  /** The first value of a field of the record itself; null when there is none. */
  String first(String field) {
    int index = tokens().find(field, 0);
    return index < 0 ? null : text(field, index);
  }

  /** Whether the first value of a field of the record itself is that word. */
  boolean says(String field, String word) {
    int index = tokens().find(field, 0);
    return index >= 0 && AuditdText.equal(word, raw, tokens.from(index), tokens.to(index));
  }

  /** Whether the mode of a PATH is that of a symbolic link. */
  boolean symlink() {
    String mode = first("mode");
    return mode != null && mode.startsWith("012") && mode.length() == 7;
  }

  private List<String> plain(String field) {
    int index = tokens().find(field, 0);
    if (index < 0) {
      return List.of();
    }
    String first = text(field, index);
    int next = tokens.find(field, index + 1);
    if (next < 0) {
      return first == null ? List.of() : List.of(first);
    }
    List<String> all = new ArrayList<>();
    for (int i = index; i >= 0; i = tokens.find(field, i + 1)) {
      String text = text(field, i);
      if (text != null) {
        all.add(text);
      }
    }
    return all;
  }

  private String text(String field, int index) {
    int start = tokens.from(index);
    int end = tokens.to(index);
    if (tokens.quoted(index)) {
      return AuditdText.text(raw, start, end);
    }
    if (AuditdText.equal("(null)", raw, start, end)) {
      return null;
    }
    return AuditdText.hex(raw, start, end) && ENCODED.contains(field)
        ? decoded(field, AuditdText.unhex(raw, start, end))
        : AuditdText.text(raw, start, end);
  }

  private static String decoded(String field, byte[] bytes) {
    if (field.equals("proctitle")) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = bytes[i] == 0 ? (byte) ' ' : bytes[i];
      }
    }
    return AuditdText.text(bytes, 0, bytes.length);
  }

  /** Several keys of one rule are joined by 0x01, and so are always in hex. */
  private List<String> keys() {
    int index = tokens().find("key", 0);
    if (index < 0 || tokens.quoted(index)) {
      return plain("key");
    }
    int start = tokens.from(index);
    int end = tokens.to(index);
    if (!AuditdText.hex(raw, start, end)) {
      return plain("key");
    }
    byte[] bytes = AuditdText.unhex(raw, start, end);
    List<String> keys = new ArrayList<>();
    int key = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == 1) {
        keys.add(AuditdText.text(bytes, key, i));
        key = i + 1;
      }
    }
    return keys;
  }

  private List<String> ids(String field) {
    List<String> values = plain(field);
    return values.size() == 1 && unset(values.get(0)) ? List.of("unset", values.get(0)) : values;
  }

  /** Whether the id stands for none: the kernel writes it signed and unsigned. */
  static boolean unset(String id) {
    return id.equals("4294967295") || id.equals("-1") || id.equals("unset");
  }

  private List<String> call(boolean nameOnly) {
    if (calls == null) {
      String number = first("syscall");
      String name = number == null ? null : callName(number);
      calls = name == null ? List.of() : List.of(name, number);
    }
    if (calls.isEmpty()) {
      return nameOnly ? plain("SYSCALL") : plain("syscall");
    }
    return nameOnly ? List.of(calls.get(0)) : calls;
  }

  private String callName(String number) {
    String arch = first("arch");
    String name = arch == null ? null : Syscalls.name(arch, decimal(number));
    String added = name == null ? first("SYSCALL") : null;
    return added == null || added.startsWith("unknown") ? name : added;
  }

  private List<String> architecture() {
    String arch = first("arch");
    String name = arch == null ? null : Syscalls.architecture(arch);
    return name == null ? plain("ARCH") : List.of(name);
  }

  private List<String> inodes() {
    String inode = first("inode");
    String device = first("dev");
    return inode == null || device == null ? plain("inode") : List.of(inode, device + ":" + inode);
  }

  /** The number, or -1 when it is none or greater than a system call's can be. */
  private static long decimal(String text) {
    if (text.isEmpty() || text.length() > 10) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
