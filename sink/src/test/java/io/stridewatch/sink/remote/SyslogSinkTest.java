package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over TCP. */
class SyslogSinkTest implements SinkContract {
  private final AtomicInteger delivered = new AtomicInteger();
  private SyslogReceiver server = new SyslogReceiver(new NetServerOptions());

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public Sink sink() throws IOException {
    Target target = Kind.SYSLOG.target("tcp://127.0.0.1:" + server.port());
    return new CountingSink(Kind.SYSLOG.open("siem", target), delivered);
  }

  @Override
  public String told() {
    return String.join("\n", server.next(delivered.getAndSet(0)));
  }

  @Test
  void triesAgainWhenTheReceiverIsDownAndGoesOnWhenItIsBack() throws IOException {
    int port = server.port();
    server.close();
    try (Sink sink = Kind.SYSLOG.open("siem", Kind.SYSLOG.target("tcp://127.0.0.1:" + port))) {
      var e = assertThrows(IOException.class, () -> sink.deliver(SampleAlerts.numbered(1)));
      assertTrue(
          e.getMessage().startsWith("cannot connect to tcp://127.0.0.1:" + port), e.getMessage());
      server = new SyslogReceiver(new NetServerOptions().setPort(port));
      sink.deliver(SampleAlerts.numbered(1));
      assertEquals(1, server.next(1).size());
    }
  }
}
