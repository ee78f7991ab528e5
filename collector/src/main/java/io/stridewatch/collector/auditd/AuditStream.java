package io.stridewatch.collector.auditd;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Where auditd speaks live, a line a record, format {@code string}: its af_unix plug-in's socket,
 * or standard input of a program that it started as a plug-in (auditd-plugins(5)).
 *
 * @param name of the place
 * @param opening how it is opened
 * @param once whether its end is the end of all
 */
record AuditStream(String name, Opening opening, boolean once) {

  /** Opens it. */
  interface Opening {
    InputStream open() throws IOException;
  }

  /** The socket of auditd's af_unix plug-in: one client has it, others hear nothing. */
  static AuditStream socket(Path path) {
    return new AuditStream(path.toString(), () -> connect(path), false);
  }

  private static InputStream connect(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      return Channels.newInputStream(channel);
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          path
              + ": can't connect ("
              + e.getMessage()
              + "): is auditd running, its af_unix plug-in active, and may we?",
          e);
    }
  }

  /** What auditd writes to a plug-in of its own. */
  static AuditStream plugin(InputStream in) {
    return new AuditStream("standard input", () -> in, true);
  }
}
