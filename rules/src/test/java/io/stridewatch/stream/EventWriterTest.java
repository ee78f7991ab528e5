package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.Rejected;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventWriterTest {
  @Test
  void whoIsInterruptedWhileKafkaIsAwayHearsThatAndNoFailure() throws IOException {
    SourceRecord record = Records.docker("1", "{}");
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EventWriter writer = new EventWriter(away(mute), 1_000)) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> writer.emit(List.of(record)));
      Thread.currentThread().interrupt();
      assertThrows(
          InterruptedException.class, () -> writer.reject(new Rejected(record, "not JSON")));
    }
  }

  /** It takes the connection and says nothing. */
  private static Kafka away(ServerSocket mute) {
    return new Kafka(Map.of("bootstrap.servers", "127.0.0.1:" + mute.getLocalPort()), "x");
  }
}
