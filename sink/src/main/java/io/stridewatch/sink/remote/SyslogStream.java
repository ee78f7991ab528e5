package io.stridewatch.sink.remote;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Messages over TCP (RFC 6587, 3.4.1) or TLS (RFC 5425), each after its length in bytes. Neither
 * acknowledges: when the connection breaks, what was written in its last 10 s is written again on
 * the next one, before anything else. That is made when the next message comes, or by itself a
 * second after the break when there is something to write again.
 *
 * <p>Called by one thread; a worker of its own loop connects again; {@link #close} by any.
 */
final class SyslogStream implements SyslogTransport {
  private static final long AGAIN_MILLIS = 1_000;
  private static final int TOGETHER = 64;

  private final Loop loop = new Loop();
  private final Target target;
  private final int port;
  private final LongSupplier nanos;
  private final NetClient client;
  private final Unconfirmed unconfirmed = new Unconfirmed();
  private final Deque<byte[]> again = new ArrayDeque<>();
  private Connection connection;
  private volatile boolean closed;

  /**
   * Connects with the first message.
   *
   * @param nanos a steady clock, such as {@link System#nanoTime}
   */
  SyslogStream(Target target, int port, LongSupplier nanos) throws IOException {
    this.target = target;
    this.port = port;
    this.nanos = nanos;
    NetClientOptions options = new NetClientOptions().setHostnameVerificationAlgorithm("HTTPS");
    options.setConnectTimeout((int) target.timeout().toMillis()).setTcpKeepAlive(true);
    try {
      Tls.set(options, target);
    } catch (IOException e) {
      loop.close();
      throw e;
    }
    client = loop.vertx().createNetClient(options);
  }

  /** A socket, and when it was lost. */
  private static final class Connection {
    private final NetSocket socket;
    private volatile boolean lost;
    private volatile long lostAt;

    Connection(NetSocket socket) {
      this.socket = socket;
    }

    /** Closes without waiting for what the receiver does not read, as a close in order would. */
    void cut() {
      ((NetSocketInternal) socket).channelHandlerContext().close();
    }

    void lose(long now) {
      if (!lost) {
        lostAt = now;
        lost = true;
      }
    }
  }

  @Override
  public synchronized void send(List<byte[]> messages) throws IOException {
    restore();
    write(messages);
  }

  /** Connects if need be, and writes again what the lost connection may have lost. */
  private void restore() throws IOException {
    takeBack();
    if (connection == null) {
      connection = connected();
    }
    while (!again.isEmpty()) {
      List<byte[]> next = again.stream().limit(TOGETHER).toList();
      write(next);
      next.forEach(any -> again.removeFirst());
    }
  }

  /** Of a lost connection. */
  private void takeBack() {
    if (connection != null && connection.lost) {
      // What was still to be written again comes after what this connection was given of it.
      Deque<byte[]> rest = new ArrayDeque<>(again);
      again.clear();
      again.addAll(unconfirmed.lostAt(connection.lostAt));
      again.addAll(rest);
      connection = null;
    }
  }

  private Connection connected() throws IOException {
    if (closed) {
      throw new IOException("the sink is closed");
    }
    NetSocket socket =
        Loop.await(
            client.connect(port, target.host()),
            target.timeout(),
            "cannot connect to " + target.place());
    Connection fresh = new Connection(socket);
    socket.handler(ignored -> {});
    socket.exceptionHandler(ignored -> {});
    socket.closeHandler(end -> lost(fresh));
    return fresh;
  }

  /** On the loop's thread. */
  private void lost(Connection which) {
    which.lose(nanos.getAsLong());
    if (!closed) {
      loop.vertx().setTimer(AGAIN_MILLIS, timer -> loop.vertx().executeBlocking(this::comeBack));
    }
  }

  private synchronized Void comeBack() {
    takeBack();
    if (!again.isEmpty() && !closed) {
      try {
        restore();
      } catch (IOException e) {
        // Told by the next alert's delivery, if it still fails then.
        loop.vertx().setTimer(AGAIN_MILLIS, timer -> loop.vertx().executeBlocking(this::comeBack));
      }
    }
    return null;
  }

  private void write(List<byte[]> messages) throws IOException {
    Buffer frames = Buffer.buffer();
    for (byte[] message : messages) {
      frames.appendString(message.length + " ").appendBytes(message);
    }
    try {
      Loop.await(
          connection.socket.write(frames), target.timeout(), "cannot write to " + target.place());
    } catch (IOException e) {
      connection.lose(nanos.getAsLong());
      connection.cut();
      throw e;
    }
    long now = nanos.getAsLong();
    messages.forEach(message -> unconfirmed.add(message, now));
  }

  /** Ends the connection in order. What it may have lost is not written again. */
  @Override
  public void close() throws IOException {
    closed = true;
    loop.close();
  }
}
