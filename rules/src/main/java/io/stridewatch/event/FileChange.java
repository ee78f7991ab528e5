package io.stridewatch.event;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an event did, or tried to do, to files. Told from the system call, its flags and its PATH
 * records; a call that only reads changes nothing.
 */
enum FileChange {
  WRITE,
  TRUNCATE,
  CREATE,
  DELETE,
  RENAME,
  LINK,
  SYMLINK,
  MODE,
  OWNER,
  ATTRIBUTE,
  MOUNT;

  // asm-generic/fcntl.h; the same on x86, aarch64 and riscv.
  private static final long O_ACCMODE = 03;
  private static final long O_CREAT = 0100;
  private static final long O_TRUNC = 01000;
  private static final long O_PATH = 010000000;

  // linux/fs.h, as 64-bit and 32-bit processes write them.
  private static final long FS_IOC_SETFLAGS = 0x40086602L;
  private static final long FS_IOC32_SETFLAGS = 0x40046602L;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The changes of an event, as the field {@code change} has them. */
  static List<String> of(AuditdEvent event) {
    Set<FileChange> changes = EnumSet.noneOf(FileChange.class);
    String call = event.derived().call();
    if (call != null) {
      called(event, call, changes);
    }
    for (AuditdRecord record : event.records()) {
      if (record.type().is("PATH")) {
        left(record, changes);
      }
    }
    return labels(changes);
  }

  private static List<String> labels(Set<FileChange> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    List<String> labels = new ArrayList<>(changes.size());
    changes.forEach(change -> labels.add(change.label));
    return labels;
  }

  private static void called(AuditdEvent event, String call, Set<FileChange> changes) {
    switch (call) {
      case "open" -> opened(event, argument(event, "a1"), changes);
      case "openat", "open_by_handle_at" -> opened(event, argument(event, "a2"), changes);
      case "openat2" -> opened(event, openHow(event), changes);
      case "creat" -> opened(event, O_CREAT | O_TRUNC | 1, changes);
      case "ioctl" -> flagged(argument(event, "a1") & 0xffffffffL, changes);
      default -> {
        FileChange change = byName(call);
        if (change != null) {
          changes.add(change);
        }
      }
    }
  }

  private static FileChange byName(String call) {
    return switch (call) {
      case "write", "pwrite64", "writev", "pwritev", "pwritev2", "fallocate" -> WRITE;
      case "truncate", "ftruncate", "truncate64", "ftruncate64" -> TRUNCATE;
      case "mkdir", "mkdirat", "mknod", "mknodat" -> CREATE;
      case "unlink", "unlinkat", "rmdir" -> DELETE;
      case "rename", "renameat", "renameat2" -> RENAME;
      case "link", "linkat" -> LINK;
      case "symlink", "symlinkat" -> SYMLINK;
      case "chmod", "fchmod", "fchmodat", "fchmodat2" -> MODE;
      case "chown", "fchown", "lchown", "fchownat", "chown32", "fchown32", "lchown32" -> OWNER;
      case "setxattr",
          "lsetxattr",
          "fsetxattr",
          "setxattrat",
          "removexattr",
          "lremovexattr",
          "fremovexattr",
          "removexattrat",
          "file_setattr",
          "utime",
          "utimes",
          "utimensat",
          "utimensat_time64",
          "futimesat" ->
          ATTRIBUTE;
      case "mount", "umount", "umount2", "move_mount", "mount_setattr", "pivot_root" -> MOUNT;
      default -> null;
    };
  }

  private static void opened(AuditdEvent event, long flags, Set<FileChange> changes) {
    if ((flags & O_PATH) != 0) {
      return;
    }
    if ((flags & O_ACCMODE) != 0) {
      changes.add(WRITE);
    }
    if ((flags & O_TRUNC) != 0) {
      changes.add(TRUNCATE);
    }
    if ((flags & O_CREAT) != 0 && missing(event)) {
      changes.add(CREATE);
    }
  }

  /** Whether a file was named that was not there and was not made either. */
  private static boolean missing(AuditdEvent event) {
    for (AuditdRecord record : event.records()) {
      if (record.type().is("PATH") && record.says("nametype", "UNKNOWN")) {
        return true;
      }
    }
    return false;
  }

  private static void flagged(long request, Set<FileChange> changes) {
    if (request == FS_IOC_SETFLAGS || request == FS_IOC32_SETFLAGS) {
      changes.add(ATTRIBUTE);
    }
  }

  /** What a PATH record shows whatever the call was, such as one of a number not known here. */
  private static void left(AuditdRecord path, Set<FileChange> changes) {
    boolean create = path.says("nametype", "CREATE");
    if (create && path.symlink()) {
      changes.add(SYMLINK);
    }
    boolean moved = changes.contains(RENAME) || changes.contains(LINK);
    if (create && !moved && !changes.contains(SYMLINK)) {
      changes.add(CREATE);
    } else if (!moved && path.says("nametype", "DELETE")) {
      changes.add(DELETE);
    }
  }

  /** The new mode that a chmod-like call asks for, octal with a leading 0; or null. */
  static String mode(AuditdEvent event) {
    String call = event.derived().call();
    String argument =
        call == null
            ? null
            : switch (call) {
              case "chmod", "fchmod" -> "a1";
              case "fchmodat", "fchmodat2" -> "a2";
              default -> null;
            };
    return argument == null ? null : String.format("0%03o", argument(event, argument) & 07777);
  }

  /** A raw argument of the call, which is written in hex; 0 when there is none. */
  static long argument(AuditdEvent event, String name) {
    AuditdRecord call = event.record("SYSCALL");
    return number(call == null ? null : call.first(name), 16);
  }

  private static long openHow(AuditdEvent event) {
    AuditdRecord how = event.record("OPENAT2");
    return number(how == null ? null : how.first("oflag"), 8);
  }

  private static long number(String digits, int radix) {
    if (digits == null || digits.isEmpty() || digits.length() > 24) {
      return 0;
    }
    try {
      return Long.parseUnsignedLong(digits, radix);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
