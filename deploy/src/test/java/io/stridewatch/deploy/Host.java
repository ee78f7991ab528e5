package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The machine that the tests run on. */
final class Host {
  private Host() {}

  /**
   * Skips the test where the machine lacks something, and says what; where it was promised to have
   * it (STRIDEWATCH_IT=true, as {@code .ci/run} sets it), the test fails.
   */
  static void needs(boolean there, String what) {
    String missing = "needs " + what + ": make this machine ready with .ci/host";
    if ("true".equals(System.getenv("STRIDEWATCH_IT"))) {
      assertTrue(there, missing);
    }
    assumeTrue(there, missing);
  }

  /** Whether this process is root's. */
  static boolean root() throws IOException, InterruptedException {
    return said("id", "-u").equals("0\n");
  }

  /** What a program said, on both outputs; empty when there is no such program. */
  static String said(String... line) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said;
    } catch (IOException e) {
      return "";
    }
  }
}
