package io.stridewatch.event;

import io.stridewatch.Source;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Excerpts of real recordings among the test's resources: {@code NAME.jsonl}, a record a line, or
 * {@code NAME.txt}, records of several lines with an empty line between them.
 */
final class Recordings {
  private Recordings() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> paths = Files.walk(root())) {
      return paths.filter(Recordings::isRecording).sorted().toList();
    }
  }

  private static boolean isRecording(Path path) {
    String folder = path.getParent().getFileName().toString();
    return folder.matches("docker|kubernetes") && path.toString().matches(".*\\.(jsonl|txt)");
  }

  private static Path root() {
    try {
      return Path.of(Recordings.class.getResource("docker").toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Source source(Path recording) {
    return Source.of(recording.getParent().getFileName().toString());
  }

  static List<byte[]> records(Path recording) throws IOException {
    String separator = recording.toString().endsWith(".txt") ? "\n\n" : "\n";
    return Stream.of(Files.readString(recording).strip().split(separator))
        .map(record -> record.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
