package io.stridewatch.deploy.screen;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Gives what is written to it line by line; of a line without end 4 KiB are kept. */
final class LineStream extends OutputStream {
  private static final int LONGEST = 4096;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Consumer<String> lines;

  LineStream(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int written) {
    if (written == '\n') {
      lines.accept(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else if (line.size() < LONGEST) {
      line.write(written);
    }
  }
}
