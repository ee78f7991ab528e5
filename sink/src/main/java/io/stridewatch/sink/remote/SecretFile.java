package io.stridewatch.sink.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret in a file of one line, read each time, so that it can be changed while we run. */
record SecretFile(Path path) {
  private static final int LONGEST = 64 * 1024;

  /**
   * The line, without its end.
   *
   * @throws IOException that names the file, when it can't be read or holds no single line
   */
  String text() throws IOException {
    String text = read().strip();
    if (text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new IOException("the secret in " + path + " must be one line of text");
    }
    return text;
  }

  private String read() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IOException("cannot read the secret in " + path + ": " + e.getMessage(), e);
    }
  }
}
