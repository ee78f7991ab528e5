package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class CommitOrderTest {
  private static final TopicPartition VIEWS = new TopicPartition("views", 0);
  private static final TopicPartition ONE = new TopicPartition("alerts", 0);
  private static final TopicPartition TWO = new TopicPartition("alerts", 1);

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(AutoOffsetResetStrategy.NONE.name());

  private CommitOrder order(Map<TopicPartition, Long> ends, TopicPartition... first) {
    consumer.assign(ends.keySet());
    ends.keySet().forEach(partition -> consumer.seek(partition, 0));
    return new CommitOrder(consumer, ends, List.of(first));
  }

  private void comes(TopicPartition partition, long offset, long millis) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            millis,
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            null,
            (partition.topic() + partition.partition() + "/" + offset)
                .getBytes(StandardCharsets.UTF_8),
            new RecordHeaders(),
            Optional.empty()));
  }

  private List<String> taken(CommitOrder order) {
    return order.take(consumer.poll(Duration.ZERO)).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void recordsComeAsTheBrokerTookThem() {
    CommitOrder order = order(Map.of(ONE, 2L, TWO, 1L));
    comes(ONE, 0, 10);
    comes(ONE, 1, 30);
    assertEquals(List.of(), taken(order));
    comes(TWO, 0, 20);
    assertEquals(List.of("alerts0/0", "alerts1/0", "alerts0/1"), taken(order));
    assertTrue(order.done());
  }

  @Test
  void whatIsToComeFirstDoesThoughItWasWrittenLater() {
    CommitOrder order = order(Map.of(VIEWS, 2L, ONE, 1L), VIEWS);
    comes(ONE, 0, 10);
    comes(VIEWS, 0, 50);
    assertEquals(List.of("views0/0"), taken(order));
    assertFalse(order.done());
    comes(VIEWS, 1, 60);
    assertEquals(List.of("views0/1", "alerts0/0"), taken(order));
    assertTrue(order.done());
  }
}
