package io.stridewatch.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One recorded stream for tests, in one file or in several that belong together.
 *
 * @param speaks whether something in it is known to raise alerts
 */
record RecordedStream(String name, List<String> files, boolean speaks) {

  /** The excerpts of the tests, or all below {@code -Dcorpora}. */
  static List<RecordedStream> all(Path directory) throws IOException {
    String corpora = System.getProperty("corpora");
    return corpora == null ? excerpts(directory) : below(Path.of(corpora));
  }

  private static List<RecordedStream> excerpts(Path directory) throws IOException {
    return List.of(
        excerpt(directory, "docker-files-raw.log.gz"),
        excerpt(directory, "docker-files-enriched.log.gz"),
        excerpt(directory, "docker-events.jsonl", "docker-inspect.jsonl"),
        excerpt(directory, "kubernetes-rbac.log.gz"));
  }

  private static RecordedStream excerpt(Path directory, String... names) throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : names) {
      Path copy = directory.resolve(name);
      try (InputStream in = RecordedStream.class.getResourceAsStream("replay/" + name)) {
        Files.write(copy, in.readAllBytes());
      }
      files.add(copy.toString());
    }
    return new RecordedStream(names[0], files, true);
  }

  /** Docker's facts belong to the events beside them; all others are each a stream. */
  private static List<RecordedStream> below(Path corpora) throws IOException {
    Map<String, List<String>> streams = new TreeMap<>();
    try (Stream<Path> files = Files.walk(corpora)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches("(events|inspect|authz)\\.jsonl(\\.gz)?")) {
          String of = file.getParent() + "/docker";
          streams.computeIfAbsent(of, key -> new ArrayList<>()).add(file.toString());
        } else if (name.matches("(audit|webhook-batches).*\\.(log|jsonl)(\\.gz)?")) {
          streams.put(file.toString(), List.of(file.toString()));
        }
      }
    }
    List<RecordedStream> all = new ArrayList<>();
    streams.forEach((name, files) -> all.add(new RecordedStream(name, files, false)));
    return all;
  }

  /** Each file as three, cut between two lines. */
  List<String> cut(Random random, Path directory) throws IOException {
    List<String> pieces = new ArrayList<>();
    for (String file : files) {
      byte[] bytes = bytes(Path.of(file));
      int first = behindLine(bytes, random.nextInt(bytes.length + 1));
      int second = behindLine(bytes, first + random.nextInt(bytes.length - first + 1));
      int[] bounds = {0, first, second, bytes.length};
      for (int i = 0; i < 3; i++) {
        Path piece = directory.resolve("piece-" + pieces.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, bounds[i], bounds[i + 1] - bounds[i]);
        if (out.size() > 0) {
          pieces.add(Files.write(piece, out.toByteArray()).toString());
        }
      }
    }
    return pieces;
  }

  private static int behindLine(byte[] bytes, int from) {
    int at = from;
    while (at > 0 && at < bytes.length && bytes[at - 1] != '\n') {
      at++;
    }
    return at;
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return file.toString().endsWith(".gz")
          ? new GZIPInputStream(in).readAllBytes()
          : in.readAllBytes();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
