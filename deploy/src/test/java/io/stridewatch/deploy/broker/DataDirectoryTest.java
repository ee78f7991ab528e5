package io.stridewatch.deploy.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path parent;

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    Path path = parent.resolve("a/b");
    try (DataDirectory data = DataDirectory.open(path)) {
      assertEquals(path, data.path());
      assertEquals("rwx------", permissions(path));
    }
  }

  @Test
  void closesAnEmptyDirectoryToOthersAndRefusesAnOpenOneThatHoldsFiles() throws IOException {
    Path path = open("data");
    DataDirectory.open(path).close();
    assertEquals("rwx------", permissions(path));

    Path foreign = open("etc");
    Files.writeString(foreign.resolve("hosts"), "");
    assertTrue(refusal(foreign).contains("holds files that are not ours"));
    assertEquals("rwxr-xr-x", permissions(foreign));
  }

  @Test
  void refusesANewerFormatInOneLine() throws IOException {
    Path path = parent.resolve("data");
    DataDirectory.open(path).close();
    Files.writeString(path.resolve("format"), "2\n");
    assertEquals(
        "data directory "
            + path
            + " has format 2 and this program reads 1: use the newer program, or give another"
            + " directory with --data",
        refusal(path));
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertTrue(refusal(file).endsWith("is not a directory: give another with --data"));
  }

  @Test
  void keepsSecretsAndIdAcrossRestarts() throws IOException {
    Path path = parent.resolve("data");
    String secret;
    String id;
    try (DataDirectory data = DataDirectory.open(path)) {
      secret = data.secret("password");
      id = data.instanceId();
    }
    try (DataDirectory data = DataDirectory.open(path)) {
      assertEquals(secret, data.secret("password"));
      assertEquals(id, data.instanceId());
      assertEquals(64, secret.length());
      assertNotEquals(secret, data.secret("other"));
    }
  }

  @Test
  void nobodyRunsInADirectoryThatIsNotThere() throws IOException {
    assertTrue(Instance.find(parent.resolve("nowhere")).isEmpty());
  }

  private Path open(String name) throws IOException {
    Path path = Files.createDirectory(parent.resolve(name));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    return path;
  }

  private static String refusal(Path path) {
    return assertThrows(IOException.class, () -> DataDirectory.open(path)).getMessage();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
