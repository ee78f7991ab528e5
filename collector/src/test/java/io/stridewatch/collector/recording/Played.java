package io.stridewatch.collector.recording;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What came of recordings that were read, and files to read. */
final class Played {
  private final Path directory;
  private final List<AuditEvent> events = new ArrayList<>();
  private final List<RejectedLine> rejected = new ArrayList<>();
  private List<String> faults;
  private List<String> notices;

  /** Files are made in that directory. */
  Played(Path directory) {
    this.directory = directory;
  }

  /** Of all that was read so far. */
  List<AuditEvent> events() {
    return events;
  }

  /** Of all that was read so far. */
  List<RejectedLine> rejected() {
    return rejected;
  }

  /** Of the last reading. */
  List<String> faults() {
    return faults;
  }

  /** Of the last reading. */
  List<String> notices() {
    return notices;
  }

  void read(String... names) throws IOException {
    read(System.in, null, names);
  }

  void read(InputStream standardInput, Source forced, String... names) throws IOException {
    try (Recording recording = Recording.open(List.of(names), standardInput, forced, "lab")) {
      recording.forEach(events::add, rejected::add);
      faults = recording.faults();
      notices = recording.notices();
    }
  }

  String copied(String resource, String name) throws IOException {
    return file(name, Files.readAllBytes(Path.of(resource(resource))));
  }

  String file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes).toString();
  }

  static String content(String name) throws IOException {
    return Files.readString(Path.of(resource(name)));
  }

  static String resource(String name) {
    return Path.of("src/test/resources/io/stridewatch/collector/recording", name).toString();
  }

  static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  /** Without the directories that they name. */
  static List<String> shortened(List<String> messages) {
    return messages.stream()
        .map(message -> message.substring(message.lastIndexOf('/') + 1))
        .toList();
  }
}
