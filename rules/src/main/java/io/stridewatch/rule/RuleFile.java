package io.stridewatch.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A file with rules in it, as bytes.
 *
 * @param name what messages call it
 */
record RuleFile(String name, byte[] bytes) {

  /** The file itself, or what is below a directory and ends in .yml or .yaml, in path order. */
  static List<Path> find(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> below = Files.walk(path)) {
      return below.filter(Files::isRegularFile).filter(RuleFile::isYaml).sorted().toList();
    }
  }

  private static boolean isYaml(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  /** The file's name without directories. */
  String last() {
    return name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
  }

  /** The file's name without directories and suffix; later documents are numbered from 2. */
  String stem(int document) {
    String last = last();
    String stem = last.contains(".") ? last.substring(0, last.lastIndexOf('.')) : last;
    return document == 0 ? stem : stem + "-" + (document + 1);
  }
}
