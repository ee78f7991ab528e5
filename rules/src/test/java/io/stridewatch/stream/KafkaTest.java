package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTest {
  @TempDir private Path directory;

  @Test
  void takesSecurityFromAFileAndTheAddressFromTheCaller() throws IOException {
    Path file = directory.resolve("kafka.properties");
    Files.writeString(file, "security.protocol=SSL\nbootstrap.servers=elsewhere:1\n");
    assertEquals(
        Map.of("security.protocol", "SSL", "bootstrap.servers", "kafka:9092"),
        Kafka.foreign("kafka:9092", file, "stridewatch").properties());
  }

  @Test
  void saysThatTheFileIsNotThere() {
    Path file = directory.resolve("none");
    assertEquals(
        "Kafka's settings file " + file + " is not there",
        assertThrows(IOException.class, () -> Kafka.foreign("kafka:9092", file, "stridewatch"))
            .getMessage());
  }

  @Test
  void keepsSecretsOutOfMessages() {
    Kafka kafka = new Kafka(Map.of("bootstrap.servers", "k:1", "sasl.jaas.config", "secret"), "x");
    assertEquals("Kafka at k:1 topics x.*", kafka.toString());
  }

  @Test
  void refusesAPrefixThatIsNoTopicName() {
    assertThrows(IllegalArgumentException.class, () -> new Kafka(Map.of(), "a b"));
  }
}
