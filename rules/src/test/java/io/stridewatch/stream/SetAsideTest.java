package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.stridewatch.Rejected;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SetAsideTest {
  @Test
  void ofWhatIsTooLargeTheFirst64KibAndTheHashOfTheWholeAreKept() {
    ProducerRecord<byte[], byte[]> record =
        SetAside.record(
            "t",
            new Rejected(Records.docker("a", "x".repeat(70_000)), "too-large"),
            new byte[0],
            1 << 20);
    assertEquals(65_536, record.value().length);
    assertEquals("70000", Envelope.textOrNull(record.headers(), "size"));
    assertEquals(64, Envelope.textOrNull(record.headers(), "sha256").length());
    assertEquals("too-large", Envelope.textOrNull(record.headers(), "reason"));
    assertNull(Envelope.textOrNull(record.headers(), "seq"));
  }

  @Test
  void whatCannotBeReadIsKeptWholeWithItsHeaders() {
    ProducerRecord<byte[], byte[]> sent =
        Envelope.wrap("t", Records.docker("a", "{"), Envelope.bytes("c"), 9);
    ProducerRecord<byte[], byte[]> record =
        SetAside.record("r", Records.read(sent), "not JSON: ends at byte 1");
    assertEquals("{", new String(record.value(), java.nio.charset.StandardCharsets.UTF_8));
    assertEquals("9", Envelope.textOrNull(record.headers(), "seq"));
    assertEquals("not JSON: ends at byte 1", Envelope.textOrNull(record.headers(), "reason"));
    assertEquals(0, record.partition());
  }
}
