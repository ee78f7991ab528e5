package io.stridewatch.deploy;

import java.util.Map;
import picocli.CommandLine.Option;

/** Who says something of alerts: a claim, not a proof. */
final class Person {
  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "Who you are (default: this account, or the one that called sudo).")
  private String who;

  String name() {
    Map<String, String> environment = System.getenv();
    String account = environment.getOrDefault("USER", System.getProperty("user.name", "?"));
    return who != null ? who : environment.getOrDefault("SUDO_USER", account);
  }
}
