package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
    SourceRecord again = Envelope.unwrap(Records.read(wrapped()));
    assertEquals(record.toString(), again.toString());
    assertEquals(record.address(), again.address());
    assertEquals(record.time(), again.time());
    assertArrayEquals(record.value(), again.value());
  }

  @Test
  void aSourceWithoutAddressIsItsLabel() {
    ProducerRecord<byte[], byte[]> tick =
        Envelope.wrap("t", Pipeline.tick(3, Records.TIME), COLLECTOR, 0);
    assertEquals("pipeline", Envelope.textOrNull(tick.headers(), "ce_source"));
    assertEquals(Source.PIPELINE, Envelope.unwrap(Records.read(tick)).source());
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
    return assertThrows(
            UnreadableRecordException.class, () -> Envelope.unwrap(Records.read(record)))
        .getMessage();
  }

  private static void set(ProducerRecord<byte[], byte[]> record, String header, String text) {
    record.headers().add(header, Envelope.bytes(text));
  }

  private static ProducerRecord<byte[], byte[]> wrapped() {
    return Envelope.wrap("t", Records.docker("1/container/start/abc", "{}"), COLLECTOR, 7);
  }
}
