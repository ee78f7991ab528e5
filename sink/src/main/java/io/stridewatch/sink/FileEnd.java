package io.stridewatch.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The end of a file of alerts, looked at before more is appended.
 *
 * @param length bytes up to the end of the last whole line
 * @param known the alerts on the whole lines within the last {@value #LOOKED_AT} bytes, each by its
 *     id and its line's checksum: a reminder has the id of what it reminds of
 */
record FileEnd(long length, Set<String> known) {
  private static final int LOOKED_AT = 4 << 20;
  private static final Pattern ID =
      Pattern.compile("^\\{\"schema\":\"[^\"]*\",\"id\":\"([0-9a-f]{32})\"", Pattern.MULTILINE);

  static FileEnd of(FileChannel file) throws IOException {
    long length = lastLineEnd(file);
    int size = (int) Math.min(length, LOOKED_AT);
    String text = new String(bytes(file, length - size, size), StandardCharsets.ISO_8859_1);
    Set<String> known = new HashSet<>();
    for (Matcher id = ID.matcher(text); id.find(); ) {
      String line = text.substring(id.start(), text.indexOf('\n', id.start()));
      known.add(key(id.group(1), line.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return new FileEnd(length, known);
  }

  /** What a line is known by. */
  static String key(String id, byte[] line) {
    CRC32 sum = new CRC32();
    sum.update(line);
    return id + sum.getValue();
  }

  private static long lastLineEnd(FileChannel file) throws IOException {
    long end = file.size();
    while (end > 0) {
      int size = (int) Math.min(end, 1 << 16);
      byte[] block = bytes(file, end - size, size);
      for (int i = size - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return end - size + i + 1;
        }
      }
      end -= size;
    }
    return 0;
  }

  private static byte[] bytes(FileChannel file, long from, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {}
    return buffer.array();
  }
}
