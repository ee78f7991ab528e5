package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Live;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real kernel's records of a watched file that is changed by other names. The rule that was
 * loaded first took the key, as somebody else's would: the name alone would hide it.
 */
@Timeout(60)
class WatchedFilesIT {
  private static final Path LOG = Path.of("/var/log/audit/audit.log");

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private Path daemon;
  private AuditLogCollector collector;
  private Thread thread;

  @BeforeEach
  void follows() throws Exception {
    Live.needs(Files.isReadable(LOG), "auditd's log at " + LOG + " and the right to read it");
    Path docker = Files.createDirectory(directory.resolve("docker"));
    daemon = Files.writeString(docker.resolve("daemon.json"), "{}");
    audit("-a");
    InstantSource clock = InstantSource.system();
    Path cursor = directory.resolve("cursor");
    NodeNames names = NodeNames.ofThisMachine("lab");
    AuditedHost host =
        new AuditedHost(names, ProcessContainers.none(), WatchedFiles.of(clock, docker));
    collector = new AuditLogCollector(LOG, cursor, false, "lab", clock, host);
    thread = new Thread(this::follow);
    thread.start();
    while (Files.notExists(cursor)) {
      Thread.onSpinWait();
    }
  }

  private void follow() {
    try {
      collector.run(kept);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (collector != null) {
      collector.close();
      thread.join();
      audit("-d");
    }
  }

  private void audit(String how) throws Exception {
    said("auditctl", how, "always,exit", "-F", "dir=" + directory, "-F", "perm=wa", "-F", "key=it");
  }

  @Test
  void aWriteThroughAHardLinkIsAChangeOfTheFile() throws Exception {
    Path link = Files.createLink(directory.resolve("harmless"), daemon);
    Files.writeString(link, "{\"icc\":true}", StandardOpenOption.APPEND);
    assertEquals(daemon.toString(), awaited("harmless", "syscall=257"));
  }

  @Test
  void whatIsChangedByADescriptorIsTheFileThatTookTheNameJustBefore() throws Exception {
    Path fresh = Files.writeString(directory.resolve("fresh"), "{}");
    Files.move(fresh, daemon, StandardCopyOption.ATOMIC_MOVE);
    said("python3", "-c", "import os,sys; os.fchmod(os.open(sys.argv[1], 0), 0o666)", "" + daemon);
    assertEquals(daemon.toString(), awaited("name=(null)", "syscall=91"));
  }

  /** What the first record with these words was found to be about, as rules see it, too. */
  private String awaited(String... words) throws InterruptedException {
    kept.awaitThat(records -> of(words, records) != null, String.join(" ", words));
    SourceRecord record = of(words, kept.records());
    String watched = record.found().watched();
    assertTrue(Decoders.decode(record).values("file").contains(watched), record::toString);
    return watched;
  }

  private static SourceRecord of(String[] words, List<SourceRecord> records) {
    return records.stream()
        .filter(record -> List.of(words).stream().allMatch(text(record)::contains))
        .filter(record -> !text(record).contains("nametype=CREATE"))
        .findFirst()
        .orElse(null);
  }

  private static String text(SourceRecord record) {
    return new String(record.value(), UTF_8);
  }

  private static void said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + said);
  }
}
