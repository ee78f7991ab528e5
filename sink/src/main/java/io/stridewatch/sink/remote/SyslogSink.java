package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import io.stridewatch.sink.form.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells alerts to a syslog receiver, over UDP, TCP or TLS. Told means handed to the network: syslog
 * has no acknowledgement. Over UDP what is lost is lost; over TCP and TLS see {@link SyslogStream}.
 */
final class SyslogSink implements Sink {
  /** Log audit (RFC 5424, 6.2.1). */
  private static final int LOG_AUDIT = 13;

  /** What a receiver should take (RFC 5425, 4.3.1), and rsyslog's limit as it comes. */
  private static final int LONGEST = 8192;

  /** What fits a datagram over IPv4. */
  private static final int LONGEST_DATAGRAM = 65_507;

  private final String name;
  private final SyslogMessage message;
  private final SyslogTransport transport;

  SyslogSink(String name, Target target) throws IOException {
    this.name = name;
    message = message(target);
    int port = target.port(Kind.SYSLOG);
    transport =
        target.uri().getScheme().equals("udp")
            ? new SyslogDatagrams(target, port)
            : new SyslogStream(target, port, System::nanoTime);
  }

  /** How messages to that target look. */
  static SyslogMessage message(Target target) {
    int most = target.uri().getScheme().equals("udp") ? LONGEST_DATAGRAM : 64 << 20;
    return new SyslogMessage(
        target.form(Form.JSON),
        target.number("facility", LOG_AUDIT, 0, 23),
        target.number("max", LONGEST, 2048, most));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    transport.send(List.of(message.bytes(StoredAlert.of(alert))));
  }

  /** Handed over together. */
  @Override
  public Receipt deliver(List<StoredAlert> alerts) {
    List<byte[]> messages = new ArrayList<>(alerts.size());
    Map<Integer, RuntimeException> refused = new TreeMap<>();
    for (int i = 0; i < alerts.size(); i++) {
      try {
        messages.add(message.bytes(alerts.get(i)));
      } catch (RefusedException e) {
        refused.put(i, e);
      }
    }
    try {
      transport.send(messages);
      return new Receipt(alerts.size(), refused, null);
    } catch (IOException e) {
      return Receipt.none(e);
    }
  }

  @Override
  public int batch() {
    return 64;
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
