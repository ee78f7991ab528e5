package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Recordings broken at random. {@code -Dfuzz=N} makes N rounds. */
class AuditdFuzzTest {
  private static final int ROUNDS = Integer.getInteger("fuzz", 300);
  private static final byte[] SHARP =
      "\n\u001d\"'={}()[] \\:.+0a1A".getBytes(StandardCharsets.UTF_8);
  private static final Pattern HEADER =
      Pattern.compile(
          "(?:node=([^ ]*) )?type=[^ ]+ msg=audit\\((\\d+)(?:\\.(\\d+))?:(\\d+)\\):.*",
          Pattern.DOTALL);
  private static final List<String> ASKED =
      List.of("a0", "a1", "key", "syscall", "inode", "name", "text", "mode", "nothing");

  private final Random random = new Random(20261121);

  @Test
  void noInputBreaksTheReaderAndNoRecordIsTakenForAnothers() throws IOException {
    Path log = AuditdRecordingsTest.recordings().get(0).resolve("audit.log");
    Path hostile =
        AuditdRecordingsTest.recordings().stream()
            .filter(recording -> recording.endsWith("audit-tampering"))
            .findFirst()
            .orElseThrow()
            .resolve("audit-raw.log");
    List<byte[]> seeds = List.of(Files.readAllBytes(log), Files.readAllBytes(hostile));
    for (int round = 0; round < ROUNDS; round++) {
      byte[] broken = broken(seeds.get(round % seeds.size()));
      assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(broken));
    }
  }

  @Test
  void oneHugeLineOfNothingButBeginningsIsReadInTime() {
    for (String piece :
        List.of("a0[1]=AA ", "a=", "a ", "'", "\"", "x=\" ", "{", "=", "[[", "ses=1a")) {
      String line = "type=EXECVE msg=audit(1.000:1): msg='" + piece.repeat(200_000);
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(bytes));
    }
  }

  private byte[] broken(byte[] seed) {
    int from = random.nextInt(seed.length);
    int length = 1 + random.nextInt(Math.min(20_000, seed.length - from));
    byte[] bytes = new byte[length];
    System.arraycopy(seed, from, bytes, 0, length);
    for (int i = random.nextInt(60); i > 0; i--) {
      int at = random.nextInt(length);
      int other = random.nextInt(length);
      int many = Math.min(random.nextInt(200), length - Math.max(at, other));
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = SHARP[random.nextInt(SHARP.length)];
        default -> System.arraycopy(bytes, other, bytes, at, many);
      }
    }
    return bytes;
  }

  private static void read(byte[] log) {
    long[] bytes = new long[1];
    AuditdAssembler assembler =
        new AuditdAssembler(
            (raw, part) -> {
              bytes[0] += raw.length + 1;
              ask(AuditdDecoder.decode("vm", raw, part));
              assertEquals(1, stamps(raw).size(), () -> new String(raw, StandardCharsets.UTF_8));
            },
            (line, reason) -> bytes[0] += line.length + 1);
    AuditdLines.feed(assembler, log);
    assembler.flush();
    assertEquals(0, assembler.pendingBytes());
    assertEquals(kept(log), bytes[0], "every line is in an event, rejected, an EOE or empty");
  }

  private static void ask(AuditdEvent event) {
    AuditdDerived.NAMES.forEach(event::values);
    event.actor();
    event.target();
    event.id();
    event.ref();
    for (Fields view : event.views()) {
      ASKED.forEach(view::values);
      ASKED.forEach(view::has);
    }
    ASKED.forEach(event::values);
  }

  /** By another reader: what node, time and serial the lines of an event have. */
  private static Set<String> stamps(byte[] raw) {
    Set<String> stamps = new HashSet<>();
    for (String line : new String(raw, StandardCharsets.ISO_8859_1).split("\n")) {
      Matcher header = HEADER.matcher(line);
      assertTrue(header.matches(), line);
      String node = header.group(1) == null ? "" : header.group(1);
      String fraction = header.group(3) == null ? "" : header.group(3);
      stamps.add(
          String.join(
              "/",
              node,
              Long.toString(Long.parseLong(header.group(2))),
              (fraction + "000000000").substring(0, 9),
              Long.toString(Long.parseLong(header.group(4)))));
    }
    return stamps;
  }

  private static long kept(byte[] log) {
    long kept = 0;
    AuditdHeader header = new AuditdHeader();
    int from = 0;
    for (int i = 0; i <= log.length; i++) {
      if (i == log.length || log[i] == '\n') {
        boolean end =
            header.read(log, from, i) == null
                && AuditdType.of(log, header.typeFrom, header.typeTo).is("EOE");
        kept += i == from || end ? 0 : i - from + 1;
        from = i + 1;
      }
    }
    return kept;
  }
}
