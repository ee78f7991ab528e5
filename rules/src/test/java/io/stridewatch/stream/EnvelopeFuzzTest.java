package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Mutations;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/**
 * Envelopes broken at random: opened, or refused with a reason. {@code -Dfuzz=N} makes N rounds.
 */
class EnvelopeFuzzTest {
  private final Mutations mutations =
      new Mutations(20261121, ":", "-", "T", "Z", "", "\n", "\u0000", "99999999999999999999", "é");

  @Test
  void aBrokenEnvelopeIsOpenedOrRefused() {
    SourceRecord record =
        new SourceRecord(
            Source.DOCKER,
            "unix:///var/run/docker.sock",
            "1/a/b/c",
            "io.stridewatch.docker.event",
            Instant.parse("2026-11-21T04:00:00.123456789Z"),
            "application/json",
            "web-1",
            "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    int refused = 0;
    int rounds = Mutations.rounds(10_000);
    for (int round = 0; round < rounds; round++) {
      refused += opened(broken(record)) ? 0 : 1;
    }
    assertTrue(refused > 0 && refused < rounds, "both must happen: " + refused);
  }

  private static boolean opened(ConsumerRecord<byte[], byte[]> record) {
    try {
      SourceRecord opened = Envelope.open(record).record();
      assertEquals(record.value(), opened.value());
      return true;
    } catch (UnreadableRecordException e) {
      assertEquals(1, e.getMessage().lines().count(), e::getMessage);
      return false;
    }
  }

  private ConsumerRecord<byte[], byte[]> broken(SourceRecord whole) {
    ProducerRecord<byte[], byte[]> wrapped = Envelope.wrap("t", whole, new byte[] {'c'}, 7);
    byte[] key = mutations.below(20) == 0 ? null : mutations.bytes(wrapped.key());
    byte[] value = mutations.below(20) == 0 ? null : wrapped.value();
    ConsumerRecord<byte[], byte[]> broken = new ConsumerRecord<>("t", 0, 0, key, value);
    for (Header header : wrapped.headers()) {
      int what = mutations.below(12);
      if (what == 0) {
        broken.headers().add(header.key(), null);
      } else if (what < 4) {
        broken.headers().add(header.key(), mutations.bytes(header.value()));
      } else if (what > 4) {
        broken.headers().add(header);
      }
    }
    return broken;
  }
}
