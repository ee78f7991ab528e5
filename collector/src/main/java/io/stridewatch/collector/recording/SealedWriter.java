package io.stridewatch.collector.recording;

import com.github.luben.zstd.ZstdOutputStream;
import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a sealed recording: a head, a line for each record, an end, and in each line the digest of
 * all up to it. The same records give the same bytes. One thread.
 *
 * <p>The seal is the last line's digest. Whoever can write the file can write another with another
 * seal: it proves something only where it was kept elsewhere.
 */
public final class SealedWriter implements Closeable {
  private final OutputStream out;
  private final Chain chain = new Chain();
  private long records;

  /** Writes the head; the stream is closed with this. */
  public SealedWriter(OutputStream out) throws IOException {
    this.out = out;
    write(SealedLine.head());
  }

  /**
   * A new file that only its owner reads, packed when its name ends with .gz or .zst.
   *
   * @throws IOException one line, when it is there already or can't be written
   */
  public static SealedWriter to(Path file) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new SealedWriter(packed(file.toString(), Channels.newOutputStream(channel)));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + ": is there already: a recording is never written over", e);
    } catch (IOException e) {
      throw new IOException(file + ": can't be written: check its directory", e);
    }
  }

  private static OutputStream packed(String name, OutputStream file) throws IOException {
    if (name.endsWith(".gz")) {
      return new GZIPOutputStream(file, 1 << 16);
    }
    return name.endsWith(".zst") ? new ZstdOutputStream(file) : new BufferedOutputStream(file);
  }

  /** Adds a record. */
  public void record(AuditEvent event) throws IOException {
    write(SealedLine.record(++records, event));
  }

  /** Adds what can't be read: a later program may. */
  public void rejected(RejectedLine line) throws IOException {
    write(SealedLine.rejected(++records, line));
  }

  /**
   * Adds the end.
   *
   * @return the seal, 64 hex digits
   */
  public String seal() throws IOException {
    String seal = write(SealedLine.end(records));
    out.flush();
    return seal;
  }

  private String write(JsonLine line) throws IOException {
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    String digest = chain.link(bytes, 0, bytes.length);
    out.write(bytes);
    out.write((",\"sha256\":\"" + digest + "\"}\n").getBytes(StandardCharsets.US_ASCII));
    return digest;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
