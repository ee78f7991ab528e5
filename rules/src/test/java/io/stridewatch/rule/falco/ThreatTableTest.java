package io.stridewatch.rule.falco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.Stride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreatTableTest {
  @TempDir private Path directory;

  private ThreatTable read(String text) throws IOException {
    return ThreatTable.read(Files.writeString(directory.resolve("t.txt"), text));
  }

  @Test
  void aFileGoesBeforeWhatIsShipped() throws IOException {
    ThreatTable table =
        read("# ours\n\nMy Rule | TE | K-E2 K-T5\nAnonymous Request Allowed | D |\n");
    assertEquals(List.of("K-E2", "K-T5"), table.of("My Rule").threats());
    assertEquals(
        List.of(Stride.TAMPERING, Stride.ELEVATION_OF_PRIVILEGE), table.of("My Rule").stride());
    assertEquals(List.of(), table.of("Anonymous Request Allowed").threats());
    assertEquals(List.of("K-E2"), table.of("Create Privileged Pod").threats());
  }

  @Test
  void aLineThatIsNoRowIsTold() {
    Exception fault =
        assertThrows(IllegalArgumentException.class, () -> read("A | E | K-E2\nMy Rule: K-E2\n"));
    assertEquals(
        directory.resolve("t.txt") + ":2: no row: write 'rule | letters of STRIDE | K-E1 K-E2'",
        fault.getMessage());
  }
}
