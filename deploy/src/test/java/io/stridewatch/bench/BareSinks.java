package io.stridewatch.bench;

import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least that it takes to tell alerts: consume the topic, hand each record's bytes to the
 * target's plain client as they are, commit the offset. Nothing is decoded.
 */
final class BareSinks {
  private BareSinks() {}

  /** Tells a batch. */
  interface Client extends AutoCloseable {
    void tell(List<byte[]> alerts) throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
  }

  /** Alerts a second, committed after each so many. */
  static double rate(Kafka kafka, Client client, int batch, long alerts) throws Exception {
    Map<String, Object> reading = new HashMap<>(kafka.properties());
    reading.put("group.id", kafka.topicPrefix() + "-bare-" + System.nanoTime());
    reading.put("enable.auto.commit", false);
    reading.put("isolation.level", "read_committed");
    reading.put("max.poll.records", batch);
    reading.put("max.partition.fetch.bytes", 8 << 20);
    TopicPartition topic = new TopicPartition(kafka.topics().alerts(), 0);
    try (client;
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(topic));
      consumer.seekToBeginning(List.of(topic));
      long began = System.nanoTime();
      for (long told = 0; told < alerts; ) {
        List<byte[]> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(10))) {
          values.add(record.value());
        }
        client.tell(values);
        consumer.commitSync();
        told += values.size();
      }
      return alerts * 1e9 / (System.nanoTime() - began);
    }
  }

  /** The bulk API, one request a batch. */
  static Client bulk(URI uri) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    byte[] action =
        "{\"create\":{\"_index\":\"alerts\",\"_id\":\"0123456789abcdef0123456789abcdef\"}}\n"
            .getBytes(StandardCharsets.UTF_8);
    return alerts -> {
      List<byte[]> parts = new ArrayList<>();
      for (byte[] alert : alerts) {
        parts.addAll(List.of(action, alert, new byte[] {'\n'}));
      }
      post(http, uri, HttpRequest.BodyPublishers.ofByteArrays(parts));
    };
  }

  /** One request an alert. */
  static Client webhook(URI uri) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return alerts -> {
      for (byte[] alert : alerts) {
        post(http, uri, HttpRequest.BodyPublishers.ofByteArray(alert));
      }
    };
  }

  private static void post(HttpClient http, URI uri, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    http.send(HttpRequest.newBuilder(uri).POST(body).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** One write an alert. */
  static Client file(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new Client() {
      @Override
      public void tell(List<byte[]> alerts) throws IOException {
        for (byte[] alert : alerts) {
          ByteBuffer line = ByteBuffer.allocate(alert.length + 1).put(alert).put((byte) '\n');
          file.write(line.flip());
        }
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  /** Octet counting over TCP, one write an alert. */
  static Client syslog(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    OutputStream out = socket.getOutputStream();
    return new Client() {
      @Override
      public void tell(List<byte[]> alerts) throws IOException {
        for (byte[] alert : alerts) {
          byte[] head = "<107>1 2026-11-21T06:00:00Z h stridewatch - r - ".getBytes();
          byte[] length = (head.length + alert.length + " ").getBytes();
          ByteBuffer frame = ByteBuffer.allocate(length.length + head.length + alert.length);
          out.write(frame.put(length).put(head).put(alert).array());
        }
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }
}
