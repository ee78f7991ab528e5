package io.stridewatch.deploy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Mutations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings files broken at random: read, or refused line by line. {@code -Dfuzz=N}: N rounds. */
class SettingsFuzzTest {
  private static final String WHOLE =
      """
      # what we watch
      docker: unix:///var/run/docker.sock
      auditd: "off"
      kubernetes-webhook: 127.0.0.1:9443
      scope: web-1
      sink:
        - file=/var/log/alerts.jsonl
        - soc:webhook=https://soc.example/alerts#form=ecs
      lateness: [kubernetes=130s, docker=5s]
      max-record: 32MiB
      severity: high
      strict: true
      http: "[::1]:9464"
      """;

  @TempDir Path directory;

  private final Mutations mutations = Mutations.ofYaml(20261121, "!!binary ", "=", "é");

  @Test
  void aBrokenFileIsReadOrRefused() throws Exception {
    int refused = 0;
    int rounds = Mutations.rounds(5_000);
    for (int round = 0; round < rounds; round++) {
      refused += refused(mutations.bytes(WHOLE.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    assertTrue(refused > 0 && refused < rounds, "both must happen: " + refused);
  }

  private int refused(byte[] text) throws Exception {
    Path file = Files.write(directory.resolve("s.yaml"), text);
    Surroundings here = new Surroundings(Map.of(), false, Path.of("/home/ann"), "vm1");
    return assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          try {
            Settings.read(Map.of("config", List.of(file.toString())), here);
            return 0;
          } catch (WrongSettingsException e) {
            for (Fault fault : e.faults()) {
              assertEquals(1, fault.toString().lines().count(), fault::toString);
            }
            return 1;
          }
        });
  }
}
