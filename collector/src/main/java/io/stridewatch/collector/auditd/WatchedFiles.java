package io.stridewatch.collector.auditd;

import io.stridewatch.AuditEvent;
import io.stridewatch.Times;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which inodes the watched files are. A watch of the kernel fires by inode, and the record calls
 * the file as the process did: by a hard link, by its place in a container, relative to a
 * descriptor, or not at all. An inode is a file's from when the file was changed last before it was
 * looked at (a rename is such a change) until another inode took its name; what is older is not
 * told of.
 *
 * <p>Looked at when an event comes that has inodes, and when that is 5 s ago or the last one
 * changed a watched name: an idle host costs nothing. Bound: {@value #MOST} files. One thread.
 */
final class WatchedFiles {
  /** What attackers change, and a name alone may hide; a directory stands for what is in it. */
  private static final Set<String> WATCHED =
      Set.of(
          "/etc/docker",
          "/etc/default/docker",
          "/etc/sysconfig/docker",
          "/etc/containerd",
          "/etc/kubernetes",
          "/etc/kubernetes/manifests",
          "/etc/kubernetes/pki",
          "/etc/kubernetes/pki/etcd",
          "/var/lib/kubelet",
          "/var/lib/kube-proxy",
          "/etc/audit",
          "/etc/audit/rules.d",
          "/etc/passwd",
          "/etc/shadow",
          "/etc/group",
          "/etc/gshadow",
          "/etc/sudoers",
          "/etc/sudoers.d");

  private static final int MOST = 1024;
  private static final long HOLDS = 5_000_000_000L;

  /** Between a call and the change of the file that it brings. */
  private static final long SLACK = 1_000_000_000L;

  private final Set<String> watched;
  private final InstantSource clock;
  private final Map<String, Inode> now = new HashMap<>();
  private final Map<String, Inode> known = new HashMap<>();
  private long looked = Long.MIN_VALUE;
  private boolean stale = true;

  /**
   * What a watched file is.
   *
   * @param name {@code dev:inode}, as records spell it
   * @param until that it was; {@link Long#MAX_VALUE} while it is
   */
  private record Inode(String name, String path, long since, long until) {
    boolean wasAt(long nanos) {
      return nanos >= since - SLACK && nanos <= until;
    }
  }

  private WatchedFiles(Set<String> watched, InstantSource clock) {
    this.watched = watched;
    this.clock = clock;
  }

  /** Those of this machine. */
  static WatchedFiles ofThisMachine(InstantSource clock) {
    return new WatchedFiles(WATCHED, clock);
  }

  /** Only these; a directory stands for what is in it. */
  static WatchedFiles of(InstantSource clock, Path... watched) {
    Set<String> names = Arrays.stream(watched).map(Path::toString).collect(Collectors.toSet());
    return new WatchedFiles(names, clock);
  }

  /** The watched file that the event is about and does not name; empty when there is none. */
  String watched(AuditEvent event) {
    List<String> inodes = event.values("inode");
    if (inodes.isEmpty()) {
      return "";
    }
    look();
    List<String> names = event.values("file");
    stale |= isAboutOne(names) && !event.values("change").isEmpty();
    for (String inode : inodes) {
      Inode file = known.get(inode);
      if (file != null && file.wasAt(event.nanos()) && !names.contains(file.path())) {
        return file.path();
      }
    }
    return "";
  }

  private boolean isAboutOne(List<String> names) {
    for (String name : names) {
      int slash = name.lastIndexOf('/');
      if (watched.contains(name) || slash > 0 && watched.contains(name.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }

  private void look() {
    long time = Times.nanos(clock.instant());
    if (!stale && time - looked < HOLDS && time >= looked) {
      return;
    }
    looked = time;
    stale = false;
    Map<String, Inode> before = new HashMap<>(now);
    for (String file : files()) {
      before.remove(file);
      look(file, time);
    }
    before.values().forEach(gone -> left(gone, time));
    if (known.size() > 2 * MOST) {
      known.values().removeIf(file -> file.until() < Long.MAX_VALUE);
    }
  }

  private void look(String path, long time) {
    Inode before = now.get(path);
    Inode file = inode(path);
    if (file == null) {
      left(before, time);
    } else if (before == null || !before.name().equals(file.name())) {
      left(before, file.since());
      now.put(path, file);
      known.put(file.name(), file);
    }
  }

  private void left(Inode file, long time) {
    if (file != null) {
      now.remove(file.path());
      known.put(file.name(), new Inode(file.name(), file.path(), file.since(), time));
    }
  }

  private List<String> files() {
    List<String> files = new ArrayList<>();
    for (String path : watched) {
      if (Files.isDirectory(Path.of(path))) {
        addTo(files, path);
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static void addTo(List<String> files, String directory) {
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(Path.of(directory))) {
      for (Path each : inside) {
        if (files.size() < MOST) {
          files.add(each.toString());
        }
      }
    } catch (IOException e) {
      // Not everybody may look into it: then its files go by the names that records give them.
    }
  }

  /** Null when it is not there, may not be looked at, or is no file. */
  private static Inode inode(String path) {
    try {
      Map<String, Object> stat = Files.readAttributes(Path.of(path), "unix:dev,ino,ctime,mode");
      if (((Integer) stat.get("mode") & 0170000) != 0100000) {
        return null;
      }
      String name = device((Long) stat.get("dev")) + ":" + stat.get("ino");
      Instant changed = ((FileTime) stat.get("ctime")).toInstant();
      return new Inode(name, path, Times.nanos(changed), Long.MAX_VALUE);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /** As the kernel writes it (audit_log_name, kernel/auditsc.c); stat's number is makedev(3)'s. */
  private static String device(long dev) {
    long major = dev >>> 8 & 0xfff | dev >>> 32 & ~0xfffL;
    long minor = dev & 0xff | dev >>> 12 & ~0xffL;
    return "%02x:%02x".formatted(major, minor & 0xffffffffL);
  }
}
