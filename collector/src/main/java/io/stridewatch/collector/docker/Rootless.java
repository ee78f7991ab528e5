package io.stridewatch.collector.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a dockerd that runs without root (Docker, Rootless mode) was started with. It takes itself
 * for rootless when RootlessKit's state directory is in its environment (moby, pkg/rootless).
 *
 * @param configuration where its daemon.json is unless its command line says otherwise
 */
record Rootless(String configuration) {
  private static final int ENVIRONMENT_BYTES = 256 << 10;

  /** That of a process; null when it runs as root, or nobody may see its environment. */
  static Rootless of(Path directory) {
    Map<String, String> environment = environment(directory);
    if (environment.getOrDefault("ROOTLESSKIT_STATE_DIR", "").isEmpty()) {
      return null;
    }
    String home = environment.getOrDefault("XDG_CONFIG_HOME", "");
    if (home.isEmpty()) {
      home = environment.getOrDefault("HOME", "") + "/.config";
    }
    return new Rootless(home + "/docker/daemon.json");
  }

  private static Map<String, String> environment(Path directory) {
    Map<String, String> environment = new HashMap<>();
    try (InputStream in = Files.newInputStream(directory.resolve("environ"))) {
      String text = new String(in.readNBytes(ENVIRONMENT_BYTES), StandardCharsets.UTF_8);
      for (String variable : text.split("\0")) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
          environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return environment;
  }
}
