package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.stridewatch.AuditEvent;
import io.stridewatch.Mutations;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Records as nobody would write them: recorded ones, changed at random from a fixed seed. {@code
 * -Dfuzz=N} makes N rounds of each.
 */
class HostileRecordTest {
  private static final int ROUNDS = Mutations.rounds(40);
  private static final List<String> PATHS =
      List.of("", "a", "user", "requestObject.spec.containers[].image", "HostConfig", "Actor.ID");

  private final Mutations mutations =
      Mutations.ofJson(
          20261121,
          "\\u",
          "\\ud800",
          "true",
          "-",
          "0",
          "1e9",
          "\n",
          "[[[[",
          "{\"a\":",
          " ",
          "timeNano",
          "99999999999999999999",
          "\u202e");

  @Test
  void changedRecordsAreReadOrRefusedWithAReason() throws IOException {
    for (Path recording : Recordings.all()) {
      for (byte[] raw : Recordings.records(recording)) {
        for (int round = 0; round < ROUNDS; round++) {
          readAll(Recordings.source(recording), mutations.bytes(raw));
        }
      }
    }
  }

  @Test
  void theScannerTakesExactlyWhatJacksonTakes() throws IOException {
    int taken = 0;
    int refused = 0;
    for (Path recording : Recordings.all()) {
      for (byte[] record : Recordings.records(recording)) {
        byte[] raw = Arrays.copyOf(record, Math.min(record.length, firstLine(record)));
        for (int round = 0; round < ROUNDS; round++) {
          byte[] text = round == 0 ? raw : mutations.bytes(raw);
          boolean takes = takes(text);
          assertEquals(jacksonTakes(text), takes, () -> new String(text, StandardCharsets.UTF_8));
          taken += takes ? 1 : 0;
          refused += takes ? 0 : 1;
        }
      }
    }
    assertTrue(taken > 100 && refused > 100, "both must happen: " + taken + ", " + refused);
  }

  @Test
  void aLineOfManyMegabytesIsReadInTime() {
    String time =
        "{\"auditID\":\"i\",\"stageTimestamp\":\"2026-11-21T04:45:57Z\",\"requestObject\":";
    String values = "\"x\\n\",".repeat(1_000_000) + "1]}";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          byte[] line = (time + "[" + values).getBytes(StandardCharsets.UTF_8);
          assertTrue(line.length > 5 << 20);
          KubernetesEvent event = KubernetesEvent.decode("lab", line);
          assertEquals(1_000_001, event.values("requestObject").size());
          assertEquals(List.of(), event.values("privileged"));
        });
  }

  @Test
  void whatIsLongerThanTheBoundIsRefusedUnread() {
    byte[] record = new byte[JsonScanner.MAX_BYTES + 1];
    String reason = readAll(Source.KUBERNETES, record);
    assertEquals("not read: longer than 64 MiB", reason);
  }

  @Test
  void deepBodiesAreReadToTheBound() {
    String time =
        "{\"auditID\":\"i\",\"stageTimestamp\":\"2026-11-21T04:45:57Z\",\"requestObject\":";
    String deep = "{\"spec\":".repeat(500) + "1" + "}".repeat(501);
    KubernetesEvent event =
        KubernetesEvent.decode("lab", (time + deep).getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("1"), event.values("requestObject" + ".spec".repeat(500)));
    assertEquals(List.of(), event.values("privileged"));
  }

  private static String readAll(Source source, byte[] raw) {
    try {
      AuditEvent event = Decoders.decode(source, "lab", raw);
      assertNotNull(event.id());
      assertNotNull(event.time());
      event.target();
      event.actor();
      KubernetesWords.names().forEach(event::values);
      DockerWords.ALL.keySet().forEach(event::values);
      PATHS.forEach(path -> assertNotNull(event.values(path)));
      PATHS.forEach(event::has);
      return null;
    } catch (UnreadableRecordException e) {
      assertTrue(e.getMessage().length() < 120, e.getMessage());
      return e.getMessage();
    }
  }

  private static boolean takes(byte[] text) {
    try {
      new JsonScanner(text, 0, text.length).whole();
      return true;
    } catch (UnreadableRecordException e) {
      return false;
    }
  }

  /**
   * Jackson on characters, since it is lax about UTF-8; without lone surrogates, which RFC 8259
   * lets through and Jackson refuses in keys.
   */
  private static boolean jacksonTakes(byte[] text) {
    try {
      String characters =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(text))
              .toString()
              .replaceAll("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}", "\\\\u0041");
      JsonFactory factory =
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(512).build())
              .build();
      return isOneValue(factory, characters);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isOneValue(JsonFactory factory, String characters) {
    try (JsonParser parser = factory.createParser(characters)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static int firstLine(byte[] record) {
    return IntStream.range(0, record.length)
        .filter(i -> record[i] == '\n')
        .findFirst()
        .orElse(record.length);
  }
}
