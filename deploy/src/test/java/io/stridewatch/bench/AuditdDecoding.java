package io.stridewatch.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stridewatch.event.AuditdAssembler;
import io.stridewatch.event.AuditdDecoder;
import io.stridewatch.event.AuditdEvent;
import io.stridewatch.event.ByteSearch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a RAW auditd log costs: its records put together, decoded, and asked what rules ask. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AuditdDecoding {
  private static final List<String> ASKED =
      List.of("syscall", "change", "file", "keys", "program", "command", "type");

  private byte[] log;

  /** Unpacks the bundled recording. */
  @Setup
  public void unpack() throws IOException {
    log = String.join("\n", BenchData.recording("/bench/auditd-raw.log.gz")).getBytes(ISO_8859_1);
  }

  /** Records to events. */
  @Benchmark
  public void assemble(Blackhole sink) {
    feed(new AuditdAssembler(sink::consume));
  }

  /** Records to decoded events. */
  @Benchmark
  public void decode(Blackhole sink) {
    feed(new AuditdAssembler(raw -> sink.consume(AuditdDecoder.decode("host", raw))));
  }

  /** Records to events that were asked the fields that most rules need. */
  @Benchmark
  public void ask(Blackhole sink) {
    feed(
        new AuditdAssembler(
            raw -> {
              AuditdEvent event = AuditdDecoder.decode("host", raw);
              for (String field : ASKED) {
                sink.consume(event.values(field));
              }
            }));
  }

  private void feed(AuditdAssembler assembler) {
    for (int from = 0; from < log.length; ) {
      int to = ByteSearch.indexOf((byte) '\n', log, from, log.length);
      assembler.accept(log, from, to);
      from = to + 1;
    }
    assembler.flush();
  }
}
