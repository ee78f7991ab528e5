package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A minute of {@code deploy/chaos}: each of its faults once. */
@Timeout(420)
class ChaosIT {
  @TempDir Path directory;

  @Test
  void eachEventHasItsAlertOnceWhateverDied() throws Exception {
    Chaos.Result result = Chaos.run(directory, 5, Duration.ofSeconds(8), 100);
    assertTrue(result.clean(), result::toString);
    assertTrue(result.alerts() > 400, result::toString);
  }
}
