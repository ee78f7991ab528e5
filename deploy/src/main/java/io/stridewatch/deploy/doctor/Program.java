package io.stridewatch.deploy.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs one of the system's programs and reads what it prints, 10 s at most. */
interface Program {
  long SECONDS = 10;

  /** What it printed; empty when it is not there or failed. */
  Optional<List<String>> lines(String... command) throws InterruptedException;

  /** The real ones. */
  static Optional<List<String>> run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
      byte[] printed = process.getInputStream().readNBytes(4 << 20);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String text = new String(printed, StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? Optional.of(text.lines().toList()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
