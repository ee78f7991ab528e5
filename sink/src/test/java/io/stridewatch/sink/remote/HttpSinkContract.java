package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every sink does that tells batches of alerts to a server that may refuse one of them. */
interface HttpSinkContract extends SinkContract {
  /** What it refuses for good has this in its summary. */
  String REFUSED = "refuse this";

  /** The server that {@link #sink} tells. */
  HttpTarget server();

  /** The same sink for another server. */
  Sink sinkAt(String place) throws IOException;

  /** Lets the sink's clock go on. */
  void pass(Duration time);

  /** Alerts, one of which the server refuses. */
  private static List<Alert> alerts(int count, int refused) {
    List<Alert> alerts = new ArrayList<>();
    IntStream.range(0, count).mapToObj(SampleAlerts::numbered).forEach(alerts::add);
    Alert one = alerts.get(refused);
    alerts.set(refused, SampleAlerts.alert(one.id(), one.severity(), one.stride(), REFUSED));
    return alerts;
  }

  /** The server behaves so once, and the alert is to be tried again. */
  default void fails(Sink sink, HttpTarget.Behaviour behaviour, String why) {
    server().next.add(behaviour);
    var e = assertThrows(IOException.class, () -> sink.deliver(SampleAlerts.numbered(1)));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  default void ofABatchTheOneThatIsRefusedIsFoundAndSetAside() throws IOException {
    List<Alert> alerts = alerts(8, 5);
    List<Integer> dead = new ArrayList<>();
    try (Sink sink = sink()) {
      for (int told = 0; told < alerts.size(); ) {
        Receipt receipt =
            sink.deliver(
                alerts.subList(told, alerts.size()).stream().map(StoredAlert::of).toList());
        for (int place : receipt.refused().keySet()) {
          dead.add(told + place);
        }
        told += receipt.done();
      }
    }
    assertEquals(List.of(5), dead);
    for (Alert alert : alerts) {
      assertEquals(!alert.summary().equals(REFUSED), told().contains(alert.summary() + "\""));
    }
  }

  @Test
  default void leavesABusyOneAloneForAsLongAsItSays() throws IOException {
    try (Sink sink = sink()) {
      fails(sink, HttpTarget.status(429, "Retry-After", "30"), "answered 429");
      int before = server().posts.size();
      assertThrows(IOException.class, () -> sink.deliver(SampleAlerts.numbered(1)));
      assertEquals(before, server().posts.size());
      pass(Duration.ofSeconds(31));
      sink.deliver(SampleAlerts.numbered(1));
    }
  }

  @Test
  default void waitsForOneThatIsNotThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (Sink sink = sinkAt("127.0.0.1:" + port)) {
      assertThrows(IOException.class, () -> sink.deliver(SampleAlerts.numbered(1)));
    }
  }
}
