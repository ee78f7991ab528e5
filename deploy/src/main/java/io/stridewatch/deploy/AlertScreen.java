package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.sink.AlertOutput;
import io.stridewatch.sink.LiveLines;
import io.stridewatch.sink.Terminal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where alerts are shown: one after the other, or in rows that are written anew. */
interface AlertScreen {
  /** Takes an alert. */
  void show(Alert alert);

  /** Shows all that was taken. */
  void settle();

  /**
   * One after the other.
   *
   * @param gone told when the reader of the pipe has gone
   */
  static AlertScreen plain(PrintWriter out, AlertOutput output, Runnable gone) {
    out.print(output.header());
    out.flush();
    return new AlertScreen() {
      @Override
      public void show(Alert alert) {
        out.print(output.text().apply(alert));
      }

      @Override
      public void settle() {
        if (out.checkError()) {
          gone.run();
        }
      }
    };
  }

  /**
   * In rows of this process's terminal. What else is written there, the log and what the person
   * types, is minded: rows above it are left as they are.
   */
  static AlertScreen live(PrintWriter out) {
    LiveLines lines =
        new LiveLines(
            text -> {
              out.print(text);
              out.flush();
            },
            () -> Terminal.standardOutput(System.getenv()));
    System.setErr(new PrintStream(minded(System.err, lines), true, StandardCharsets.UTF_8));
    return new AlertScreen() {
      @Override
      public void show(Alert alert) {
        lines.accept(alert);
      }

      @Override
      public void settle() {
        if (typed()) {
          lines.disturbed();
        }
        lines.flush();
      }
    };
  }

  private static OutputStream minded(OutputStream err, LiveLines lines) {
    return new FilterOutputStream(err) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        lines.disturbed();
        out.write(bytes, from, count);
      }
    };
  }

  /** Whether a line was entered, whose echo moved the cursor. */
  private static boolean typed() {
    try {
      int there = System.in.available();
      return there > 0 && System.in.read(new byte[there]) > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
