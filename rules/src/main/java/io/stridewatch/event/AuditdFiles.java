package io.stridewatch.event;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files of an event: those of its PATH records but for parent directories, as the process saw
 * them (a container's are below its root). A relative name is joined to the working directory,
 * unless the call named it relative to a descriptor: which directory that is no record says, so it
 * stays relative. Last comes the watched file that the collector knew one of them for.
 */
final class AuditdFiles {
  private static final int AT_FDCWD = -100;
  private static final TextMemory<List<String>> FOLDERS = new TextMemory<>();

  private final AuditdEvent event;
  private final List<String> names;
  private String cwd;
  private boolean cwdRead;
  private List<String> inodes;
  private String created;
  private String deleted;

  AuditdFiles(AuditdEvent event) {
    this.event = event;
    Set<String> found = null;
    for (AuditdRecord path : event.records()) {
      String name = of(path) ? path.first("name") : null;
      if (name != null && !name.isEmpty()) {
        found = found == null ? new LinkedHashSet<>() : found;
        found.add(file(path, name));
      }
    }
    String watched = event.found().watched();
    if (!watched.isEmpty()) {
      found = found == null ? new LinkedHashSet<>() : found;
      found.add(watched);
    }
    names = found == null ? List.of() : List.copyOf(found);
  }

  /** Whether the record is of a file, not of the directory in which one was made or deleted. */
  private static boolean of(AuditdRecord record) {
    return record.type().is("PATH") && !record.says("nametype", "PARENT");
  }

  private String file(AuditdRecord path, String name) {
    boolean made = path.says("nametype", "CREATE");
    String file = resolved(name, made);
    created = made ? file : created;
    deleted = deleted == null && path.says("nametype", "DELETE") ? file : deleted;
    return file;
  }

  private String resolved(String name, boolean made) {
    if (name.startsWith("/")) {
      return normalised(name);
    }
    String here = byDescriptor(made) ? null : cwd();
    return here == null ? name : normalised(here + '/' + name);
  }

  private String cwd() {
    if (!cwdRead) {
      AuditdRecord record = event.record("CWD");
      cwd = record == null ? null : record.first("cwd");
      cwdRead = true;
    }
    return cwd;
  }

  /** Whether the call gave a directory's descriptor with the name. */
  private boolean byDescriptor(boolean made) {
    String call = event.derived().call();
    if (call == null) {
      return false;
    }
    String argument =
        switch (call) {
          case "renameat", "renameat2", "linkat", "move_mount" -> made ? "a2" : "a0";
          case "symlinkat" -> "a1";
          case "openat",
              "openat2",
              "mkdirat",
              "mknodat",
              "unlinkat",
              "fchmodat",
              "fchmodat2",
              "fchownat",
              "utimensat",
              "utimensat_time64",
              "futimesat",
              "execveat",
              "setxattrat",
              "removexattrat",
              "mount_setattr",
              "open_tree",
              "file_setattr" ->
              "a0";
          default -> null;
        };
    return argument != null && (int) FileChange.argument(event, argument) != AT_FDCWD;
  }

  /** Without empty steps, {@code .} and {@code ..}; the root's parent is the root. */
  static String normalised(String path) {
    if (!path.contains("//") && !path.contains("/.") && !path.endsWith("/")) {
      return path;
    }
    List<String> steps = new ArrayList<>();
    for (String step : path.split("/")) {
      if (step.equals("..")) {
        if (!steps.isEmpty()) {
          steps.remove(steps.size() - 1);
        }
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    return '/' + String.join("/", steps);
  }

  /** Each once, in the order of the records. */
  List<String> names() {
    return names;
  }

  /** {@code dev:inode} of each, such as {@code fe:00:2244662}. */
  List<String> inodes() {
    if (inodes == null) {
      Set<String> found = new LinkedHashSet<>();
      for (AuditdRecord path : event.records()) {
        List<String> inode = of(path) ? path.own("inode") : List.of();
        if (inode.size() > 1) {
          found.add(inode.get(1));
        }
      }
      inodes = List.copyOf(found);
    }
    return inodes;
  }

  /** What the event made, or made another file's name: of a rename the new name; or null. */
  String created() {
    return created;
  }

  /** Of a rename the old name, else null. */
  String moved() {
    return created == null ? null : deleted;
  }

  /** Every directory above each of the files, the nearest first. */
  List<String> folders() {
    if (names.size() == 1) {
      return FOLDERS.of(names.get(0), AuditdFiles::above);
    }
    Set<String> folders = new LinkedHashSet<>();
    names.forEach(name -> folders.addAll(FOLDERS.of(name, AuditdFiles::above)));
    return List.copyOf(folders);
  }

  private static List<String> above(String name) {
    List<String> folders = new ArrayList<>();
    for (int i = name.lastIndexOf('/'); i > 0; i = name.lastIndexOf('/', i - 1)) {
      folders.add(name.substring(0, i));
    }
    if (name.startsWith("/")) {
      folders.add("/");
    }
    return List.copyOf(folders);
  }
}
