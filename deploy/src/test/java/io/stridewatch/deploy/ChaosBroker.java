package io.stridewatch.deploy;

import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/**
 * The embedded broker in a process of its own, for stages in theirs: it prints its address, once
 * what they need to be let in is in {@code client.properties}.
 */
final class ChaosBroker {
  private ChaosBroker() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    EmbeddedBroker broker = EmbeddedBroker.start(DataDirectory.open(directory), "chaos", false);
    Properties client = new Properties();
    client.putAll(broker.kafka().properties());
    try (Writer file = Files.newBufferedWriter(directory.resolve("client.properties"))) {
      client.store(file, null);
    }
    System.out.println(broker.kafka().address());
    new CountDownLatch(1).await();
  }
}
