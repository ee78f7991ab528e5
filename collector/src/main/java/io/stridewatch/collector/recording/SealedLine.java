package io.stridewatch.collector.recording;

import io.stridewatch.AuditEvent;
import io.stridewatch.Found;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * The lines of a sealed recording, without their digests. A record's bytes are there as text, or in
 * base64 when they are not UTF-8.
 */
final class SealedLine {
  /** The form's name and version. */
  static final String SCHEMA = "stridewatch.recording/1";

  private SealedLine() {}

  static JsonLine head() {
    return new JsonLine().open('{').key("schema").text(SCHEMA);
  }

  static JsonLine record(long number, AuditEvent event) {
    JsonLine line = new JsonLine().open('{').key("record").number(number);
    line.key("source").text(event.source().label()).key("scope").text(event.scope());
    line.key("id").text(event.id()).key("time").text(Times.text(event.time()));
    add(line, "container", event.found().container());
    add(line, "watched", event.found().watched());
    return raw(line, event.raw());
  }

  static JsonLine rejected(long number, RejectedLine rejected) {
    JsonLine line = new JsonLine().open('{').key("record").number(number);
    return raw(line.key("reason").text(rejected.reason()), rejected.bytes());
  }

  static JsonLine end(long records) {
    return new JsonLine().open('{').key("records").number(records);
  }

  private static JsonLine raw(JsonLine line, byte[] raw) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
      return line.key("raw").text(text);
    } catch (CharacterCodingException e) {
      return line.key("raw64").text(Base64.getEncoder().encodeToString(raw));
    }
  }

  /**
   * The record of such a line.
   *
   * @throws UnreadableRecordException when it could not be read when it was sealed, or can't now
   */
  static SourceRecord read(byte[] line, int from, int to) {
    Members members = new Members(line, from, to);
    if (members.has("reason")) {
      throw new UnreadableRecordException(members.text("reason"));
    }
    Source source = source(members);
    return new SourceRecord(
        source,
        "",
        members.text("id"),
        "io.stridewatch." + source.label() + ".event",
        time(members),
        source == Source.AUDITD ? "text/plain" : "application/json",
        members.text("scope"),
        raw(members),
        new Found(textOf(members, "container"), textOf(members, "watched")));
  }

  private static Source source(Members members) {
    try {
      return Source.of(members.text("source"));
    } catch (IllegalArgumentException e) {
      throw unreadable("its source is none that there is");
    }
  }

  private static Instant time(Members members) {
    try {
      return Instant.parse(members.text("time"));
    } catch (DateTimeException e) {
      throw unreadable("its time is no RFC 3339 instant in UTC");
    }
  }

  /** In our words: a line that was changed may say anything. */
  private static UnreadableRecordException unreadable(String why) {
    return new UnreadableRecordException("a line of a sealed recording: " + why);
  }

  private static void add(JsonLine line, String key, String text) {
    if (!text.isEmpty()) {
      line.key(key).text(text);
    }
  }

  private static String textOf(Members members, String key) {
    return members.has(key) ? members.text(key) : "";
  }

  private static byte[] raw(Members members) {
    if (members.has("raw")) {
      return members.text("raw").getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(members.text("raw64"));
    } catch (IllegalArgumentException e) {
      throw unreadable("its bytes are not base64");
    }
  }
}
