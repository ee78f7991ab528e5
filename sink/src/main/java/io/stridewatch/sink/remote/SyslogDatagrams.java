package io.stridewatch.sink.remote;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * One message a datagram (RFC 5426). Promises nothing: what the network drops is gone. A receiver
 * that is down is noticed where its machine says so (ICMP), one message late.
 */
final class SyslogDatagrams implements SyslogTransport {
  private final Target target;
  private final int port;
  private DatagramSocket socket;

  SyslogDatagrams(Target target, int port) {
    this.target = target;
    this.port = port;
  }

  @Override
  public synchronized void send(List<byte[]> messages) throws IOException {
    try {
      if (socket == null) {
        socket = connected();
      }
      for (byte[] message : messages) {
        socket.send(new DatagramPacket(message, message.length));
      }
    } catch (IOException e) {
      close();
      throw new IOException("cannot send to " + target.place() + ": " + e.getMessage(), e);
    }
  }

  private DatagramSocket connected() throws IOException {
    InetSocketAddress address = new InetSocketAddress(target.host(), port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("no address is known of " + target.host());
    }
    DatagramSocket connected = new DatagramSocket();
    try {
      connected.connect(address);
      return connected;
    } catch (IOException e) {
      connected.close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
