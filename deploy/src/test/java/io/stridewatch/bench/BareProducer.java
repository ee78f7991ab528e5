package io.stridewatch.bench;

import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.WriterProducer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The least that puts records into Kafka as surely as a collector does: a process with nothing but
 * a producer of the same settings, which has the records in memory as a collector wrote them, and
 * sends a thousand at a time, keys, headers and values.
 */
final class BareProducer implements AutoCloseable {
  private static final int BATCH = 1_000;

  private final Process process;
  private final OutputStream toIt;
  private final BufferedReader fromIt;

  private BareProducer(Process process) {
    this.process = process;
    toIt = process.getOutputStream();
    fromIt =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Which records it sends, and where to.
   *
   * @param source what their {@code ce_source} begins with
   * @param offset of the first, on the collector's topic
   */
  record Load(String source, long offset, int records, String to) {
    private String[] words() {
      return new String[] {source, Long.toString(offset), Integer.toString(records), to};
    }

    private static Load of(String[] words) {
      return new Load(words[0], Long.parseLong(words[1]), Integer.parseInt(words[2]), words[3]);
    }
  }

  /**
   * Starts one in a JVM as the collector's, and has it read the records.
   *
   * @param config of Kafka's clients
   */
  static BareProducer start(Instance collect, Kafka kafka, Path config, Load load)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(load.words()));
    arguments.addAll(List.of(kafka.address(), config.toString(), kafka.topicPrefix()));
    BareProducer bare =
        new BareProducer(
            collect
                .alike(BareProducer.class, arguments.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    bare.answer();
    return bare;
  }

  long pid() {
    return process.pid();
  }

  /** Has it send all of them so many times over, and waits until they are there. */
  void send(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      toIt.write('\n');
    }
    toIt.flush();
    for (int i = 0; i < times; i++) {
      answer();
    }
  }

  private void answer() throws IOException {
    if (fromIt.readLine() == null) {
      throw new IOException("the bare producer ended: what went wrong stands above");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** The process: says a line when it has the records, and one each time that it has sent them. */
  public static void main(String[] arguments) throws Exception {
    Load load = Load.of(arguments);
    Kafka kafka = Kafka.foreign(arguments[4], Path.of(arguments[5]), arguments[6]);
    List<ProducerRecord<byte[], byte[]>> records = records(kafka, load);
    try (KafkaProducer<byte[], byte[]> producer = WriterProducer.of(kafka, 32 << 20)) {
      do {
        System.out.println();
      } while (System.in.read() >= 0 && sent(producer, records));
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> records(Kafka kafka, Load load) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(load.records());
    try (SourceCount source = new SourceCount(kafka, load.source(), load.offset())) {
      source.await(
          load.records(),
          record ->
              records.add(
                  new ProducerRecord<>(
                      load.to(), null, record.key(), record.value(), record.headers())));
    }
    return records;
  }

  private static boolean sent(
      KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
      throws Exception {
    for (int from = 0; from < records.size(); from += BATCH) {
      List<Future<?>> answers = new ArrayList<>(BATCH);
      for (var record : records.subList(from, Math.min(records.size(), from + BATCH))) {
        answers.add(
            producer.send(
                new ProducerRecord<>(
                    record.topic(), null, record.key(), record.value(), record.headers())));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
    }
    return true;
  }
}
