package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/delivery} in small. */
@Timeout(300)
class DeliveriesIT {
  @TempDir Path directory;

  @Test
  void noneIsLostOrThereTwiceWhereOnceIsPromised() throws Exception {
    List<Deliveries.Result> results =
        Deliveries.run(
            directory, 5_000, List.of("file", "kafka", "elasticsearch", "webhook", "syslog"));
    assertEquals(5, results.size());
    assertTrue(results.stream().allMatch(Deliveries.Result::clean), results::toString);
  }
}
