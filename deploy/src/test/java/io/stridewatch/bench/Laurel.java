package io.stridewatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The decoder of auditd records that others use, as it is installed on this machine. */
final class Laurel {
  private static final Pattern MINUTES = Pattern.compile("([0-9]+)m([0-9.]+)s");

  private Laurel() {}

  /** CPU seconds that it takes for a log, its whole process; empty when it isn't installed. */
  static OptionalDouble cpuSeconds(Path log, Path directory)
      throws IOException, InterruptedException {
    Path out = Files.createDirectories(directory.resolve("laurel"));
    Path config = directory.resolve("laurel.toml");
    Files.writeString(
        config, "directory = \"%s\"\n[auditlog]\nfile = \"audit.json\"\n".formatted(out));
    // The second line of `times` is of the children.
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "laurel -c \"$1\" <\"$2\" >/dev/null 2>&1 && times",
                "sh",
                config.toString(),
                log.toString())
            .start();
    String times = new String(shell.getInputStream().readAllBytes());
    if (shell.waitFor() != 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        MINUTES
            .matcher(times.lines().toList().get(1))
            .results()
            .mapToDouble(Laurel::seconds)
            .sum());
  }

  private static double seconds(MatchResult time) {
    return 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2));
  }
}
