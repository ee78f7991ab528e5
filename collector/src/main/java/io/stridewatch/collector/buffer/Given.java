package io.stridewatch.collector.buffer;

import io.stridewatch.Emitter;
import io.stridewatch.Found;
import io.stridewatch.Rejected;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one call was given to keep.
 *
 * @param records in their order
 * @param reason why the one record is set aside; null when they are not
 */
record Given(List<SourceRecord> records, String reason) {
  private static final int FORMAT = 3;
  private static final int LARGE = 64 << 10;

  void to(Emitter emitter) throws IOException, InterruptedException {
    if (reason == null) {
      emitter.emit(records);
    } else {
      emitter.reject(new Rejected(records.get(0), reason));
    }
  }

  /** As it is written, in parts: large values are not copied. */
  byte[][] parts() {
    List<byte[]> parts = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeBoolean(reason != null);
      write(out, reason == null ? "" : reason);
      out.writeInt(records.size());
      for (SourceRecord record : records) {
        writeHead(out, record);
        if (record.value().length > LARGE) {
          parts.add(bytes.toByteArray());
          parts.add(record.value());
          bytes.reset();
        } else {
          out.write(record.value());
        }
        write(out, record.found().container());
        write(out, record.found().watched());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
    parts.add(bytes.toByteArray());
    return parts.toArray(byte[][]::new);
  }

  private static void writeHead(DataOutputStream out, SourceRecord record) throws IOException {
    write(out, record.source().label());
    write(out, record.address());
    write(out, record.id());
    write(out, record.type());
    out.writeLong(record.time().getEpochSecond());
    out.writeInt(record.time().getNano());
    write(out, record.contentType());
    write(out, record.scope());
    out.writeInt(record.value().length);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * The same again.
   *
   * @throws IllegalArgumentException when another version wrote it
   */
  static Given of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte format = in.readByte();
      if (format < 1 || format > FORMAT) {
        throw new IllegalArgumentException("another version wrote it");
      }
      boolean refused = in.readBoolean();
      String reason = text(in);
      int count = in.readInt();
      List<SourceRecord> records = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        records.add(record(in, format));
      }
      return new Given(List.copyOf(records), refused ? reason : null);
    } catch (IOException e) {
      throw new IllegalArgumentException("it breaks off", e);
    }
  }

  private static SourceRecord record(DataInputStream in, int format) throws IOException {
    return new SourceRecord(
        Source.of(text(in)),
        text(in),
        text(in),
        text(in),
        Instant.ofEpochSecond(in.readLong(), in.readInt()),
        text(in),
        text(in),
        in.readNBytes(in.readInt()),
        new Found(format < 2 ? "" : text(in), format < 3 ? "" : text(in)));
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
