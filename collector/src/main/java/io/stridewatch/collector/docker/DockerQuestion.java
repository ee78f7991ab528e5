package io.stridewatch.collector.docker;

import java.io.IOException;
import java.time.Duration;

/** One question to an engine, for who does not watch it. */
public final class DockerQuestion {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private DockerQuestion() {}

  /**
   * What it answers to a GET, 16 MiB at most.
   *
   * @throws IOException when it is away, too slow, or refuses
   */
  public static byte[] ask(DockerAddress address, String path) throws IOException {
    try (Engine engine = new Engine(address, 1, PATIENCE)) {
      Engine.Answer answer = engine.ask(path);
      if (answer.status() != 200) {
        throw new IOException("the engine answers " + answer.status() + " to " + path);
      }
      return answer.body();
    }
  }
}
