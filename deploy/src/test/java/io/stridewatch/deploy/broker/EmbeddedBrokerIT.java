package io.stridewatch.deploy.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedBrokerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path directory;

  @Test
  void isFoundByItsOwnerOnlyAndAgainOnItsPortAfterARestart() throws Exception {
    String address;
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(data, "tenant", false)) {
      address = broker.kafka().address();
      Instance found = Instance.find(directory).orElseThrow();
      assertEquals(ProcessHandle.current().pid(), found.pid());
      assertEquals("tenant", found.kafka().topicPrefix());
      found.kafka().check(PATIENCE);
      found.kafka().topics().create(found.kafka(), 3, 1, 1 << 20);
      assertEquals("rwx------", permissions(directory));
      for (String file : List.of("instance.json", "password", "format")) {
        assertEquals("rw-------", permissions(directory.resolve(file)), file);
      }
    }
    assertEquals(Optional.empty(), Instance.find(directory));
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker again = EmbeddedBroker.start(data, "tenant", false)) {
      assertEquals(address, again.kafka().address());
      assertEquals(3, again.kafka().topics().partitions(again.kafka()));
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(data, "stridewatch", false)) {
      Map<String, String> wrong = new HashMap<>(broker.kafka().properties());
      wrong.put("sasl.jaas.config", BrokerProperties.scram("guessed"));
      assertTrue(refusal(new Kafka(wrong, "x")).contains("and refused: check user, password"));
      Kafka stranger = new Kafka(Map.of("bootstrap.servers", broker.kafka().address()), "x");
      assertThrows(IOException.class, () -> stranger.check(Duration.ofSeconds(2)));
    }
  }

  @Test
  void refusesADirectoryThatAnotherInstanceHas() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(data, "stridewatch", false)) {
      broker.kafka().check(PATIENCE);
      String told =
          assertThrows(IOException.class, () -> DataDirectory.open(directory)).getMessage();
      assertEquals(
          "data directory "
              + directory
              + " is in use by another instance (pid "
              + ProcessHandle.current().pid()
              + "): stop it, or give another with --data",
          told);
    }
  }

  private static String refusal(Kafka kafka) {
    return assertThrows(IOException.class, () -> kafka.check(PATIENCE)).getMessage();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
