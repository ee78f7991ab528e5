package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A minute of {@code deploy/chaos}: each of its faults once, but the longest. */
@Timeout(420)
class ChaosIT {
  @TempDir Path directory;

  @Test
  void eachEventHasItsAlertOnceWhateverDied() throws Exception {
    List<ChaosFault> faults = new ArrayList<>(List.of(ChaosFault.values()));
    faults.remove(ChaosFault.START_WITHOUT_BROKER); // AwayAtStartIT
    ChaosResult result =
        Chaos.run(directory, Duration.ofSeconds(58), faults, Duration.ofSeconds(3), 100);
    assertTrue(result.clean(), result::toString);
    assertTrue(result.alerts() > 400, result::toString);
    assertTrue(result.forgotten() > 0, result::toString);
  }
}
