package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.AlertJson;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalSinkTest implements SinkContract {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

  @Override
  public Sink sink() {
    return TerminalSink.pretty("terminal", out, new Terminal(80, false));
  }

  @Override
  public String told() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesOneLineAnAlertAsJson() throws IOException {
    try (Sink sink = TerminalSink.json("terminal=json", out)) {
      sink.deliver(SampleAlerts.numbered(1));
      assertEquals(AlertJson.line(SampleAlerts.numbered(1)) + "\n", told());
    }
  }

  @Test
  void failsWhenTheReaderOfItsOutputIsGone() {
    PrintStream broken =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    Sink sink = TerminalSink.json("terminal=json", broken);
    assertThrows(IOException.class, () -> sink.deliver(SampleAlerts.numbered(1)));
  }
}
