package io.stridewatch.deploy;

import io.stridewatch.Source;
import io.stridewatch.deploy.settings.SourceLateness;
import io.stridewatch.engine.Lateness;
import java.time.Duration;
import java.util.List;

/** How late records may come, by how they come and by what was set. */
final class AllowedLateness {
  /** 30 s of batching and up to 97 s of retries, by the API server's defaults. */
  private static final Duration WEBHOOK = Duration.ofSeconds(130);

  private AllowedLateness() {}

  /**
   * What was set, else the usual.
   *
   * @param webhook whether Kubernetes records may have come by a batching webhook
   */
  static Lateness of(boolean webhook, List<SourceLateness> set) {
    Lateness lateness = Lateness.usual();
    if (webhook) {
      lateness = lateness.with(Source.KUBERNETES, WEBHOOK);
    }
    for (SourceLateness each : set) {
      lateness = lateness.with(each.source(), each.lateness());
    }
    return lateness;
  }
}
