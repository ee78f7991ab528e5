package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyslogStreamTest {
  private final SyslogReceiver server = new SyslogReceiver(new NetServerOptions());
  private final AtomicLong now = new AtomicLong();
  private SyslogStream stream;

  @BeforeEach
  void open() throws IOException {
    stream = new SyslogStream(target(30), server.port(), now::get);
  }

  @AfterEach
  void stop() throws IOException {
    stream.close();
    server.close();
  }

  private Target target(int seconds) {
    return Kind.SYSLOG.target("tcp://127.0.0.1:" + server.port() + "#timeout=" + seconds);
  }

  private void send(String... messages) throws IOException {
    for (String message : messages) {
      stream.send(List.of(message.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void countsBytesRatherThanCharacters() throws IOException {
    send("ä\n€", "b");
    assertEquals(List.of("ä\n€", "b"), server.next(2));
  }

  @Test
  void writesAgainByItselfWhatABrokenConnectionMayHaveLost() throws IOException {
    send("a", "b");
    server.next(2);
    server.connection().close();
    assertEquals(List.of("a", "b"), server.next(2));
    send("c");
    assertEquals(List.of("c"), server.next(1));
  }

  @Test
  void writesAgainOnlyWhatIsOfTheLastTenSecondsBeforeTheBreak() throws IOException {
    send("old");
    now.addAndGet(TimeUnit.SECONDS.toNanos(9));
    send("new");
    now.addAndGet(TimeUnit.SECONDS.toNanos(2));
    server.next(2);
    server.connection().close();
    assertEquals(List.of("new"), server.next(1));
    send("next");
    assertEquals(List.of("next"), server.next(1));
  }

  @Test
  void writesAgainBeforeWhatIsNewWhenItBreaksAgainAndAgain() throws IOException {
    send("a");
    server.next(1);
    for (int times = 0; times < 3; times++) {
      server.connection().close();
      assertEquals(List.of("a"), server.next(1));
    }
    send("b");
    assertEquals(List.of("b"), server.next(1));
  }

  @Test
  void losesNothingToAReceiverThatStopsReading() throws IOException {
    stream.close();
    stream = new SyslogStream(target(1), server.port(), now::get);
    send("first");
    server.next(1);
    NetSocket stalled = server.connection();
    stalled.pause();
    String great = "x".repeat(4_000_000);
    int sent = 0;
    IOException refused = null;
    while (refused == null && sent < 7) {
      try {
        send(great);
        sent++;
      } catch (IOException e) {
        refused = e;
      }
    }
    assertTrue(refused != null && refused.getMessage().contains("no answer within 1 s"));
    send("last");
    List<String> again = server.next(sent + 2);
    assertEquals("first", again.get(0));
    assertEquals("last", again.get(sent + 1));
  }

  @Test
  void givesUpOnceClosed() throws IOException {
    stream.close();
    assertThrows(Exception.class, () -> send("a"));
  }
}
