package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final byte[] COLLECTOR = "c0ffee".getBytes(StandardCharsets.UTF_8);

  @Test
  void headersAreThoseOfTheContract() {
    List<String> headers = new ArrayList<>();
    wrapped()
        .headers()
        .forEach(h -> headers.add(h.key() + "=" + new String(h.value(), StandardCharsets.UTF_8)));
    assertEquals(
        List.of(
            "ce_specversion=1.0",
            "ce_id=1/container/start/abc",
            "ce_source=docker:unix:///var/run/docker.sock",
            "ce_type=io.stridewatch.docker.event",
            "ce_time=2026-11-21T06:00:00.000000001Z",
            "content-type=application/json",
            "collector=c0ffee",
            "seq=7"),
        headers);
    assertEquals("host", new String(wrapped().key(), StandardCharsets.UTF_8));
  }

  @Test
  void whatIsUnwrappedIsWhatWasWrapped() {
    SourceRecord record = Records.docker("1/container/start/abc", "{}");
    Envelope.Opened opened = Envelope.open(Records.read(wrapped()));
    SourceRecord again = opened.record();
    assertEquals(record.toString(), again.toString());
    assertEquals(record.address(), again.address());
    assertEquals(record.time(), again.time());
    assertArrayEquals(record.value(), again.value());
    assertEquals("c0ffee", opened.collector());
    assertEquals(7, opened.seq());
  }

  @Test
  void aSourceWithoutAddressIsItsLabel() {
    ProducerRecord<byte[], byte[]> tick =
        Envelope.wrap("t", Pipeline.tick(3, Records.TIME), COLLECTOR, 0);
    assertEquals("pipeline", Envelope.textOrNull(tick.headers(), "ce_source"));
    assertEquals(Source.PIPELINE, Envelope.open(Records.read(tick)).record().source());
  }

  @Test
  void saysWhatAnEnvelopeLacks() {
    assertEquals("envelope: no header ce_id", reason(r -> r.headers().remove("ce_id")));
    assertEquals(
        "envelope: ce_time is no RFC 3339 instant in UTC", reason(r -> set(r, "ce_time", "now")));
    assertEquals(
        "envelope: ce_source names no source that is known",
        reason(r -> set(r, "ce_source", "dock")));
  }

  @Test
  void ofAHeaderGivenTwiceTheLastCounts() {
    ProducerRecord<byte[], byte[]> record = wrapped();
    set(record, "ce_id", "other");
    set(record, "unknown", "x");
    assertEquals("other", Envelope.open(Records.read(record)).record().id());
  }

  @Test
  void whoeverWroteItMayNotBeNamed() {
    ProducerRecord<byte[], byte[]> record = wrapped();
    record.headers().remove(Envelope.COLLECTOR).remove(Envelope.SEQ);
    Envelope.Opened opened = Envelope.open(Records.read(record));
    assertNull(opened.collector());
    assertEquals(-1, opened.seq());
  }

  @Test
  void aNumberIsDigitsOnly() {
    assertEquals(7, Envelope.number(wrapped().headers(), Envelope.SEQ));
    assertEquals(-1, numberOf("-7"));
    assertEquals(-1, numberOf("9999999999999999999"));
    assertEquals(-1, Envelope.number(wrapped().headers(), "none"));
  }

  private static long numberOf(String text) {
    ProducerRecord<byte[], byte[]> record = wrapped();
    set(record, Envelope.SEQ, text);
    return Envelope.number(record.headers(), Envelope.SEQ);
  }

  private static String reason(Consumer<ProducerRecord<byte[], byte[]>> spoil) {
    ProducerRecord<byte[], byte[]> record = wrapped();
    spoil.accept(record);
    return assertThrows(UnreadableRecordException.class, () -> Envelope.open(Records.read(record)))
        .getMessage();
  }

  private static void set(ProducerRecord<byte[], byte[]> record, String header, String text) {
    record.headers().add(header, Envelope.bytes(text));
  }

  private static ProducerRecord<byte[], byte[]> wrapped() {
    return Envelope.wrap("t", Records.docker("1/container/start/abc", "{}"), COLLECTOR, 7);
  }
}
