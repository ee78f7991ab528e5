package io.stridewatch.collector.recording;

import io.stridewatch.Sha256;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Whether a sealed recording is whole: no line was changed, added, taken away or moved since it was
 * sealed. One thread; a line at a time is held.
 */
public final class Proof {
  private static final int DIGITS = 64;
  private static final byte[] MEMBER = ",\"sha256\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = MEMBER.length + DIGITS + 2;
  private static final int LONGEST = 256 << 20;

  private final Chain chain = new Chain();
  private final Consumer<String> digests;
  private long lines;
  private long records;
  private String seal;
  private String fault;

  private Proof(Consumer<String> digests) {
    this.digests = digests;
  }

  /**
   * Reads a recording.
   *
   * @param digests takes the SHA-256 of each record's bytes, in hex; null when nobody asks
   */
  public static Proof of(Path file, Consumer<String> digests) {
    Proof proof = new Proof(digests);
    try (InputStream in = new BufferedInputStream(Unpacked.of(Files.newInputStream(file)))) {
      proof.read(in);
    } catch (NoSuchFileException e) {
      proof.fault = "no such file: check the path";
    } catch (AccessDeniedException e) {
      proof.fault = "may not be read: ask for read permission on it";
    } catch (IOException e) {
      proof.fault("can't be read on: " + e.getMessage());
    }
    return proof;
  }

  /** How many records were sealed. */
  public long records() {
    return records;
  }

  /** The last line's digest; null when the recording is not whole. */
  public String seal() {
    return fault == null ? seal : null;
  }

  /** The first thing that is wrong, with its line; null when the recording is whole. */
  public String fault() {
    return fault;
  }

  private void read(InputStream in) throws IOException {
    for (byte[] line = line(in); line != null && fault == null; line = line(in)) {
      lines++;
      take(line);
    }
    if (fault == null && seal == null) {
      lines++;
      fault("breaks off here: its end is missing");
    }
  }

  private void take(byte[] line) {
    int end = line.length - TAIL;
    if (seal != null) {
      fault("stands behind the end");
    } else if (end < 1 || !sealed(line, end)) {
      fault(lines == 1 ? "no sealed recording: 'stridewatch record' makes one" : "has no digest");
    } else if (!chain.link(line, 0, end).equals(digest(line))) {
      fault("was changed, or a line before it was taken away, added or moved");
    } else {
      meaning(line);
    }
  }

  private static boolean sealed(byte[] line, int end) {
    return Arrays.equals(line, end, end + MEMBER.length, MEMBER, 0, MEMBER.length)
        && line[line.length - 2] == '"'
        && line[line.length - 1] == '}';
  }

  private static String digest(byte[] line) {
    int from = line.length - DIGITS - 2;
    return new String(line, from, DIGITS, StandardCharsets.US_ASCII);
  }

  private void meaning(byte[] line) {
    try {
      Members members = new Members(line, 0, line.length);
      if (lines == 1) {
        head(members);
      } else if (members.has("record")) {
        records++;
        told(line);
      } else {
        seal = members.text("sha256");
      }
    } catch (UnreadableRecordException e) {
      fault(e.getMessage());
    }
  }

  private void head(Members members) {
    String schema = members.has("schema") ? members.text("schema") : "";
    if (!schema.equals(SealedLine.SCHEMA)) {
      fault("its form is not " + SealedLine.SCHEMA + ": use the program that made it");
    }
  }

  private void told(byte[] line) {
    if (digests == null) {
      return;
    }
    try {
      SourceRecord record = SealedLine.read(line, 0, line.length);
      digests.accept(Sha256.hex(record.value()));
    } catch (UnreadableRecordException e) {
      // It could not be read when it was sealed: no alert has it as evidence.
    }
  }

  private void fault(String what) {
    fault = "line " + lines + ": " + what;
  }

  /** The next line without its end; null behind the last. A last one that has no end is torn. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > LONGEST) {
        throw new IOException("a line of more than " + LONGEST + " bytes");
      }
    }
    return line.toByteArray();
  }
}
