package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Sink;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Shows alerts on a stream, for people or as JSON lines. Each alert is written at once and flushed,
 * so that another writer of the stream can't part its lines. Fails with an IOException when the
 * reader of the stream is gone. Closing leaves the stream open: it is the caller's.
 */
public final class TerminalSink implements Sink {
  private final String name;
  private final PrintStream out;
  private final Function<Alert, String> form;

  private TerminalSink(String name, PrintStream out, Function<Alert, String> form) {
    this.name = name;
    this.out = out;
    this.form = form;
  }

  /** For people. */
  public static TerminalSink pretty(String name, PrintStream out, Terminal terminal) {
    return new TerminalSink(name, out, new PrettyAlert(terminal)::text);
  }

  /** For programs: one line of JSON an alert. */
  public static TerminalSink json(String name, PrintStream out) {
    return new TerminalSink(name, out, alert -> AlertJson.line(alert) + "\n");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    byte[] text = form.apply(alert).getBytes(StandardCharsets.UTF_8);
    out.write(text, 0, text.length);
    if (out.checkError()) {
      throw new IOException("sink " + name + ": nobody reads its output any more");
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
