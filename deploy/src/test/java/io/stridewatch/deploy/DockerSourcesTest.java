package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Collector;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerSourcesTest {
  private static final String ROOTLESS = "unix:///run/user/4242/docker.sock";

  @TempDir Path directory;

  private final List<Collector> collectors = new ArrayList<>();

  @Test
  void watchesEachEngineThatIsNamedOnce() throws Exception {
    String tcp = "tcp://10.0.0.1:2376";
    assertEquals(List.of("watching " + ROOTLESS, "watching " + tcp), told(ROOTLESS, tcp, ROOTLESS));
    assertEquals(
        List.of("docker " + ROOTLESS, "docker " + tcp),
        collectors.stream().map(Collector::name).toList());
  }

  @Test
  void offIsOffWhateverElseIsNamed() throws Exception {
    assertEquals(List.of("off"), told(ROOTLESS, "off"));
    assertEquals(List.of(), collectors);
  }

  @Test
  void eachEngineHasItsPlaceAndTheUsualOneKeepsIt() {
    assertEquals("docker", DockerSources.place(ROOTLESS, 1));
    assertEquals("docker", DockerSources.place("unix:///var/run/docker.sock", 2));
    assertEquals("docker-unix_run_user_4242_docker.sock", DockerSources.place(ROOTLESS, 2));
    assertEquals("docker-tcp_10.0.0.1_2376", DockerSources.place("tcp://10.0.0.1:2376", 2));
  }

  private List<String> told(String... engines) throws Exception {
    Surroundings here = new Surroundings(Map.of(), false, directory, "vm1");
    Settings settings = Settings.read(Map.of("docker", List.of(engines)), here);
    return new DockerSources(settings, true, directory, collectors::add).told();
  }
}
