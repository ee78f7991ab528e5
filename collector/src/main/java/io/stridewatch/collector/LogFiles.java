package io.stridewatch.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a log that is rotated by rename: the one that is written, and beside it those that
 * were ({@code audit.log.1}, {@code audit-2026-11-21T04-32-48.772.log}). Compressed ones are a list
 * of their own.
 */
record LogFiles(Path log) {

  /** One of them, as it was found. */
  record Entry(Path path, String number, Instant modified, long size) {}

  /** All, oldest first; the one that is written last. */
  List<Entry> all() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path path : beside()) {
      if (!packed(path.getFileName().toString())) {
        add(entries, path);
      }
    }
    entries.sort(Comparator.comparing(Entry::modified).thenComparing(Entry::path));
    add(entries, log);
    return entries;
  }

  /** The compressed ones, oldest first. */
  List<Entry> packed() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path path : beside()) {
      if (packed(path.getFileName().toString())) {
        add(entries, path);
      }
    }
    entries.sort(Comparator.comparing(Entry::modified).thenComparing(Entry::path));
    return entries;
  }

  private static boolean packed(String name) {
    return name.endsWith(".gz") || name.endsWith(".zst");
  }

  /** Those that follow a file, oldest first; the log alone when that file was deleted. */
  List<Entry> after(String number) throws IOException {
    List<Entry> all = all();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).number().equals(number)) {
        return all.subList(i + 1, all.size());
      }
    }
    return all.stream().filter(entry -> entry.path().equals(log)).toList();
  }

  /** Whether the file is the one that is written now. */
  boolean isWritten(String number) throws IOException {
    try {
      return LogFile.number(log).equals(number);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private List<Path> beside() throws IOException {
    String name = log.getFileName().toString();
    int dot = name.indexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    Path directory = log.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.filter(path -> rotated(path.getFileName().toString(), name, stem)).toList();
    }
  }

  private static boolean rotated(String candidate, String name, String stem) {
    return candidate.startsWith(stem)
        && !candidate.equals(name)
        && (candidate.startsWith(name + ".") || candidate.startsWith(stem + "-"));
  }

  /** A file may be renamed or deleted while it is looked at: then it is not one of them. */
  private static void add(List<Entry> entries, Path path) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      if (found.isRegularFile()) {
        Instant modified = found.lastModifiedTime().toInstant();
        String number = String.valueOf(found.fileKey());
        entries.add(new Entry(path, number, modified, found.size()));
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }
}
