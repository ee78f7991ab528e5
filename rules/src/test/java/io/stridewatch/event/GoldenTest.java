package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What recorded events mean, one line each, in {@code NAME.golden} beside the recording. After a
 * wanted change, {@code -Dgolden.write=DIRECTORY} writes the new ones there; read the difference.
 */
class GoldenTest {
  @TestFactory
  Stream<DynamicTest> recordingsMeanWhatIsWritten() throws IOException {
    List<Path> recordings = Recordings.all();
    assertFalse(recordings.isEmpty());
    return recordings.stream().map(r -> DynamicTest.dynamicTest(r.toString(), () -> check(r)));
  }

  private static void check(Path recording) throws IOException {
    String meant =
        Recordings.records(recording).stream()
            .map(raw -> line(Recordings.source(recording), raw))
            .collect(Collectors.joining("\n", "", "\n"));
    String name = recording.getFileName().toString().replaceAll("\\.[a-z]+$", ".golden");
    String into = System.getProperty("golden.write");
    if (into != null) {
      Path folder = Path.of(into, recording.getParent().getFileName().toString());
      Files.writeString(Files.createDirectories(folder).resolve(name), meant);
    }
    assertEquals(Files.readString(recording.resolveSibling(name)), meant);
  }

  private static String line(Source source, byte[] raw) {
    AuditEvent event = Decoders.decode(source, "lab", raw);
    JsonLine out = new JsonLine().open('{').key("time").text(Times.text(event.time()));
    out.key("id").text(event.id()).key("ref").text(event.ref());
    words(out.key("actor"), event.actor());
    words(out.key("target"), event.target());
    for (String field : new TreeSet<>(fields(source))) {
      if (!event.values(field).isEmpty()) {
        out.key(field).texts(event.values(field));
      }
    }
    return out.close('}').toString();
  }

  private static Set<String> fields(Source source) {
    return source == Source.DOCKER ? DockerWords.ALL.keySet() : KubernetesWords.names();
  }

  private static void words(JsonLine out, Map<String, String> words) {
    if (words == null) {
      out.text(null);
      return;
    }
    out.open('{');
    words.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(word -> out.key(word.getKey()).text(word.getValue()));
    out.close('}');
  }
}
