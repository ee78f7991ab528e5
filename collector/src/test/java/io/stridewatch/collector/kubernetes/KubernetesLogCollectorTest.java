package io.stridewatch.collector.kubernetes;

import io.stridewatch.Collector;
import io.stridewatch.CollectorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class KubernetesLogCollectorTest implements CollectorContract {
  @TempDir Path directory;

  private Path log;

  @BeforeEach
  void makeLog() throws IOException {
    log = Files.createFile(directory.resolve("audit.log"));
  }

  @Override
  public Collector collector() {
    Path cursor = directory.resolve("cursor");
    return new KubernetesLogCollector(log, cursor, true, "lab", () -> Instant.EPOCH);
  }

  /** And rotates as the API server does, in the midst of it. */
  @Override
  public void say(int number) throws IOException {
    Files.writeString(log, AuditEvents.line(number) + "\n", StandardOpenOption.APPEND);
    if (number == 2 && Files.exists(directory.resolve("cursor"))) {
      Files.move(log, directory.resolve("audit-2026-11-21T04-32-48.772.log"));
      Files.createFile(log);
    }
  }

  @Override
  public boolean acknowledged(int number) throws IOException {
    Path cursor = directory.resolve("cursor");
    long safe = (long) number * (AuditEvents.line(1).length() + 1);
    return Files.exists(cursor) && Files.readString(cursor).contains("\"offset\":" + safe + "}");
  }

  @Override
  public void breakSource() throws IOException {
    Files.delete(log);
  }
}
