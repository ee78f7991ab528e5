package io.stridewatch.deploy.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What settings that are not given depend on.
 *
 * @param environment the environment variables
 * @param root whether this process is root's
 * @param home this user's directory
 * @param machine what this machine calls itself
 */
public record Surroundings(
    Map<String, String> environment, boolean root, Path home, String machine) {

  /** This process's. */
  public static Surroundings here() {
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home", "."));
    return new Surroundings(Map.copyOf(System.getenv()), isRoot(), Path.of(home), machineName());
  }

  /** Where what is kept lies by default: the system's place for root, else the user's own. */
  public Path data() {
    return root ? Path.of("/var/lib/stridewatch") : folder("XDG_STATE_HOME", ".local/state");
  }

  /** Where compiled rules lie: may be deleted at any time. */
  public Path cache() {
    return root ? Path.of("/var/cache/stridewatch") : folder("XDG_CACHE_HOME", ".cache");
  }

  /** As the XDG base directory specification has it: a path that is not absolute is ignored. */
  private Path folder(String variable, String otherwise) {
    String named = environment.getOrDefault(variable, "");
    Path base = named.startsWith("/") ? Path.of(named) : home.resolve(otherwise);
    return base.resolve("stridewatch");
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static String machineName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return addressName();
    }
  }

  private static String addressName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "-";
    }
  }
}
