package io.stridewatch.collector.auditd;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Emitter;
import io.stridewatch.collector.CursorFile;
import io.stridewatch.collector.Gap;
import io.stridewatch.collector.LossCollector;
import io.stridewatch.collector.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many audit records the kernel has lost since boot ({@code lost} of auditctl(8), {@code -s}):
 * the records themselves don't say so. What was lost while nobody asked is told at the next start,
 * unless the machine was restarted in between. Where we may not ask (it takes CAP_AUDIT_CONTROL),
 * nothing is told.
 */
public final class KernelLoss implements LossCollector.Question {
  private static final Logger LOG = LoggerFactory.getLogger(KernelLoss.class);
  private static final Pattern LOST = Pattern.compile("lost (\\d{1,18})");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final Kernel kernel;
  private final String scope;
  private final Path cursorFile;
  private final InstantSource clock;

  /** What is asked. */
  interface Kernel {
    /** Which start of the machine this is. */
    String boot() throws IOException;

    /** How many records were lost since; empty where it does not say. */
    OptionalLong lost() throws IOException, InterruptedException;
  }

  /**
   * This machine's kernel.
   *
   * @param scope the host
   * @param cursorFile where the last answer is kept over a restart
   */
  public KernelLoss(String scope, Path cursorFile, InstantSource clock) {
    this(new Auditctl(), scope, cursorFile, clock);
  }

  KernelLoss(Kernel kernel, String scope, Path cursorFile, InstantSource clock) {
    this.kernel = kernel;
    this.scope = scope;
    this.cursorFile = cursorFile;
    this.clock = clock;
  }

  @Override
  public void ask(Emitter emitter) throws IOException, InterruptedException {
    OptionalLong lost = kernel.lost();
    if (lost.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    JsonNode last = CursorFile.read(cursorFile);
    String boot = kernel.boot();
    if (last != null && last.path("boot").asText().equals(boot)) {
      long more = lost.getAsLong() - last.path("lost").asLong();
      if (more > 0) {
        tell(
            new Gap(
                "auditd",
                Instant.parse(last.path("time").asText()),
                now,
                more,
                "the kernel lost audit records, " + lost.getAsLong() + " since boot"),
            emitter);
      }
    }
    CursorFile.write(
        cursorFile,
        CursorFile.begin()
            .key("boot")
            .text(boot)
            .key("lost")
            .number(lost.getAsLong())
            .key("time")
            .text(now.toString()));
  }

  private void tell(Gap gap, Emitter emitter) throws IOException, InterruptedException {
    LOG.warn(
        "the kernel lost audit records: records={} from={} to={}",
        gap.lost(),
        gap.from(),
        gap.to());
    emitter.emit(List.of(gap.record("auditctl", scope)));
  }

  /** As auditctl tells it. */
  private static final class Auditctl implements Kernel {
    @Override
    public String boot() throws IOException {
      return Files.readString(BOOT).strip();
    }

    @Override
    public OptionalLong lost() throws InterruptedException {
      return KernelLoss.lost(Program.run("auditctl", "-s").orElse(List.of()));
    }
  }

  /** As {@code auditctl -s} says it. */
  static OptionalLong lost(List<String> status) {
    return status.stream()
        .map(LOST::matcher)
        .filter(Matcher::matches)
        .mapToLong(lost -> Long.parseLong(lost.group(1)))
        .findFirst();
  }
}
