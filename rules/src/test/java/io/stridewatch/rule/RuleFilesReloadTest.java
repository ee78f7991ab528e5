package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.stridewatch.rule.falco.FalcoSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesReloadTest {
  @TempDir Path directory;

  private void write(String file, String name, String action) throws IOException {
    Files.writeString(
        directory.resolve(file),
        "title: T\nname: "
            + name
            + "\nlogsource: {product: docker, service: events}\n"
            + "detection: {s: {action: "
            + action
            + "}, condition: s}\n");
  }

  private static List<String> rules(RuleFiles.Read read) {
    return read.rules().rules().stream().map(Rule::id).toList();
  }

  @Test
  void keepsTheLastSoundContentOfAFileThatBecameFaulty() throws IOException {
    write("a.yml", "a", "x");
    write("b.yml", "b", "x");
    RuleFiles files = new RuleFiles(List.of(directory), false, FalcoSettings.usual());
    assertEquals(List.of("a", "b"), rules(files.changed().orElseThrow()));
    assertFalse(files.changed().isPresent());
    Files.writeString(directory.resolve("a.yml"), "title: [broken");
    write("b.yml", "b2", "x");
    RuleFiles.Read read = files.changed().orElseThrow();
    assertEquals(List.of("a", "b2"), rules(read));
    assertEquals(1, read.faults().size());
    assertEquals(List.of(), read.rules().faults());
    write("a.yml", "a3", "x");
    assertEquals(List.of("a3", "b2"), rules(files.changed().orElseThrow()));
  }

  @Test
  void leavesOutAFileThatWasNeverSoundAndOneThatIsGone() throws IOException {
    write("a.yml", "a", "x");
    write("b.yml", "b", "x");
    RuleFiles files = new RuleFiles(List.of(directory), false, FalcoSettings.usual());
    files.changed();
    Files.writeString(directory.resolve("c.yml"), "title: [broken");
    Files.delete(directory.resolve("b.yml"));
    RuleFiles.Read read = files.changed().orElseThrow();
    assertEquals(List.of("a"), rules(read));
    assertEquals(1, read.faults().size());
  }
}
