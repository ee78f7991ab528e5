package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over UDP. */
class SyslogDatagramsTest implements SinkContract {
  private final AtomicInteger delivered = new AtomicInteger();
  private DatagramSocket receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    receiver.setSoTimeout(20_000);
    receiver.setReceiveBufferSize(1 << 20);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Override
  public Sink sink() throws IOException {
    String url = "udp://127.0.0.1:" + receiver.getLocalPort();
    return new CountingSink(Kind.SYSLOG.open("siem", Kind.SYSLOG.target(url)), delivered);
  }

  @Override
  public String told() throws IOException {
    List<String> messages = new ArrayList<>();
    for (int left = delivered.getAndSet(0); left > 0; left--) {
      DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
      receiver.receive(packet);
      messages.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
    }
    return String.join("\n", messages);
  }

  @Test
  void sendsOneMessageADatagram() throws IOException {
    try (Sink sink = sink()) {
      sink.deliver(SampleAlerts.numbered(1));
      sink.deliver(SampleAlerts.numbered(2));
    }
    assertEquals(2, told().lines().filter(line -> line.startsWith("<107>1 ")).count());
  }
}
