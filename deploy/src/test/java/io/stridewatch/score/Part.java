package io.stridewatch.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files of a directory of recordings that are played together, and what was done meanwhile.
 *
 * @param name such as {@code kubernetes/rbac metadata}
 */
record Part(String name, List<Path> files, List<Action> actions) {

  /** All below a directory, by name. */
  static List<Part> below(Path corpora) throws IOException {
    List<Part> parts = new ArrayList<>();
    try (Stream<Path> all = Files.walk(corpora)) {
      for (Path timeline : all.filter(file -> file.endsWith("timeline.md")).sorted().toList()) {
        parts.addAll(of(corpora, timeline));
      }
    }
    return parts;
  }

  private static List<Part> of(Path corpora, Path timeline) throws IOException {
    Path folder = timeline.getParent();
    List<Path> files = files(folder);
    String name = corpora.relativize(folder).toString();
    List<Path> expected = named(files, "expected");
    if (!expected.isEmpty()) {
      return variants(name, files, expected);
    }
    if (!named(files, "events.jsonl").isEmpty()) {
      List<Path> together = new ArrayList<>();
      for (String kind : List.of("events.jsonl", "inspect.jsonl", "authz.jsonl", "audit.log")) {
        together.addAll(named(files, kind));
      }
      return List.of(new Part(name, together, Actions.ofTimeline(timeline)));
    }
    List<Part> parts = new ArrayList<>();
    for (Path log : named(files, "audit")) {
      parts.add(
          new Part(name + " " + log.getFileName(), List.of(log), Actions.ofTimeline(timeline)));
    }
    return parts;
  }

  /** A recording was made again under other audit policies: one part for each. */
  private static List<Part> variants(String name, List<Path> files, List<Path> expected)
      throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Path actions : expected) {
      String level = actions.getFileName().toString().replaceAll("expected|jsonl|\\.", "");
      String log = level.isEmpty() ? "audit.log" : "audit." + level + ".log";
      String called = name + " " + (level.isEmpty() ? "realistic" : level);
      parts.add(new Part(called, named(files, log), Actions.ofExpected(actions)));
    }
    return parts;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    }
  }

  private static List<Path> named(List<Path> files, String prefix) {
    return files.stream().filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
  }
}
