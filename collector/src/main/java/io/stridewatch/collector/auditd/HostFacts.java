package io.stridewatch.collector.auditd;

import io.stridewatch.Emitter;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.Times;
import io.stridewatch.collector.LossCollector;
import io.stridewatch.collector.Machine;
import io.stridewatch.collector.Program;
import io.stridewatch.collector.SourceRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a host is and how its kernel audits, beside what its records say: a record of kind {@code
 * host} when a collector starts and whenever one of it is other than before. How the kernel audits
 * ({@code auditctl -s}, auditctl(8)) takes CAP_AUDIT_CONTROL to ask; without, the rest is told. One
 * thread.
 */
public final class HostFacts implements LossCollector.Question {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** What is other each time it is asked is told, and is no reason to tell. */
  private static final List<String> RESTLESS =
      List.of("lost", "backlog", "backlog_wait_time_actual");

  private final Host host;
  private final String scope;
  private final InstantSource clock;
  private Map<String, String> told = Map.of();

  /** Who is asked. */
  interface Host {
    /** Which start of the machine this is. */
    String boot() throws IOException;

    /** The lines of {@code auditctl -s}; none where we may not ask. */
    List<String> status() throws InterruptedException;
  }

  /**
   * Of this machine.
   *
   * @param scope the host
   */
  public HostFacts(String scope, InstantSource clock) {
    this(new ThisMachine(), scope, clock);
  }

  HostFacts(Host host, String scope, InstantSource clock) {
    this.host = host;
    this.scope = scope;
    this.clock = clock;
  }

  @Override
  public void ask(Emitter emitter) throws IOException, InterruptedException {
    Map<String, String> audit = audit(host.status());
    Map<String, String> settled = new LinkedHashMap<>(audit);
    settled.keySet().removeAll(RESTLESS);
    settled.put("boot", host.boot());
    if (!settled.equals(told)) {
      emitter.emit(
          List.of(SourceRecords.of(Source.PIPELINE, "auditctl", scope, raw(settled, audit))));
      told = settled;
    }
  }

  private byte[] raw(Map<String, String> settled, Map<String, String> audit) {
    JsonLine line = new JsonLine().open('{').key("kind").text("host");
    line.key("time").text(Times.text(clock.instant())).key("of").text("auditd");
    line.key("boot").text(settled.get("boot")).key("machine").text(Machine.id());
    line.key("kernel").text(System.getProperty("os.version"));
    if (!audit.isEmpty()) {
      line.key("audit").open('{');
      audit.forEach((name, value) -> line.key(name).text(value));
      line.close('}');
    }
    return line.close('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Numbers by name; {@code loginuid_immutable} has words behind its own. */
  static Map<String, String> audit(List<String> status) {
    Map<String, String> audit = new LinkedHashMap<>();
    for (String line : status) {
      String[] words = line.split(" ");
      if (words.length >= 2 && words[0].matches("[a-z_]{1,30}") && words[1].matches("\\d{1,18}")) {
        audit.put(words[0], words[1]);
      }
    }
    return audit;
  }

  private static final class ThisMachine implements Host {
    @Override
    public String boot() throws IOException {
      return Files.readString(BOOT).strip();
    }

    @Override
    public List<String> status() throws InterruptedException {
      return Program.run("auditctl", "-s").orElse(List.of());
    }
  }
}
