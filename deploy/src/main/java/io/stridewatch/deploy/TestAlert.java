package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** An alert that says of itself that it is a test. */
final class TestAlert {
  private TestAlert() {}

  /** One of this moment, with an id of its own. */
  static Alert in(String scope) {
    byte[] id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    Instant now = Instant.now();
    return new Alert(
        HexFormat.of().formatHex(id),
        "stridewatch-sink-test",
        "Test of a sink",
        Severity.INFO,
        List.of(),
        List.of(),
        List.of("test"),
        now,
        scope,
        "this is a test of the sink by 'stridewatch sink test'; nothing happened",
        null,
        null,
        List.of(),
        "Nothing is to be done.",
        1,
        now,
        now,
        null);
  }
}
