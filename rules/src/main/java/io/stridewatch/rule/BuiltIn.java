package io.stridewatch.rule;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The files of the built-in pack, from the class path. */
final class BuiltIn {
  /** Lists the built-in rules' files, one path a line, so that a jar need not be searched. */
  private static final String PACK = "/io/stridewatch/rules/";

  private static final byte[] EXAMPLES = "examples:".getBytes(StandardCharsets.UTF_8);

  private BuiltIn() {}

  /** All of them, whole. */
  static List<RuleFile> files() {
    return new String(resource("index"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> new RuleFile(line, resource(line)))
        .toList();
  }

  /**
   * All of them, each without its examples: nine tenths of the bytes, which only {@code rules test}
   * and {@code rules lint} look at. Lines keep their numbers.
   */
  static List<RuleFile> filesAtWork() {
    return files().stream()
        .map(file -> new RuleFile(file.name(), withoutExamples(file.bytes())))
        .toList();
  }

  /** In the pack's layout a top-level key begins its line, and what belongs to it is indented. */
  private static byte[] withoutExamples(byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length / 8);
    boolean inside = false;
    for (int from = 0; from < file.length; ) {
      int to = from;
      while (to < file.length && file[to] != '\n') {
        to++;
      }
      boolean indented = to == from || file[from] == ' ';
      inside = inside && indented || begins(file, from);
      if (!inside) {
        out.write(file, from, to - from);
      }
      out.write('\n');
      from = to + 1;
    }
    return out.toByteArray();
  }

  private static boolean begins(byte[] file, int from) {
    int to = from + EXAMPLES.length;
    return to <= file.length && Arrays.equals(file, from, to, EXAMPLES, 0, EXAMPLES.length);
  }

  private static byte[] resource(String name) {
    try (InputStream in = BuiltIn.class.getResourceAsStream(PACK + name)) {
      if (in == null) {
        throw new IllegalStateException(PACK + name + " is not in the program: build it again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
