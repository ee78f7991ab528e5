package io.stridewatch.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Logs of any size, made from short recordings by playing them again and again: each event gets a
 * time of its own, {@value #STEP_MILLIS} ms after the one before, and an id of its own, so that no
 * event repeats another. The same size gives the same bytes.
 */
final class BenchData {
  private static final Pattern AUDIT_ID = Pattern.compile("audit\\((\\d+\\.\\d{3}:\\d+)\\)");
  private static final Pattern KUBERNETES_ID = Pattern.compile("\"auditID\":\"[^\"]*\"");
  private static final Pattern KUBERNETES_TIME =
      Pattern.compile("(Timestamp\":\")\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Instant BEGIN = Instant.parse("2026-11-21T00:00:00Z");
  private static final int STEP_MILLIS = 2;

  private BenchData() {}

  /** An auditd log, RAW, of at least that many bytes. */
  static void auditd(Path file, long bytes) throws IOException {
    write(file, bytes, recording("/bench/auditd-raw.log.gz"), new AuditdClock());
  }

  /** A Kubernetes audit log of at least that many bytes. */
  static void kubernetes(Path file, long bytes) throws IOException {
    write(file, bytes, recording("/bench/kubernetes.log.gz"), new KubernetesClock());
  }

  /** Lines of an auditd log, RAW, without end. */
  static Iterator<String> auditd() throws IOException {
    return endless(recording("/bench/auditd-raw.log.gz"), new AuditdClock());
  }

  /** Lines of a Kubernetes audit log without end. */
  static Iterator<String> kubernetes() throws IOException {
    return endless(recording("/bench/kubernetes.log.gz"), new KubernetesClock());
  }

  private static Iterator<String> endless(List<String> recording, UnaryOperator<String> clock) {
    return Stream.generate(recording::stream).flatMap(lines -> lines).map(clock).iterator();
  }

  /** What an API server posts, without its items yet. */
  static StringJoiner eventList() {
    String head =
        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[";
    return new StringJoiner(",", head, "]}");
  }

  /** What an API server posts: so many events in one list. */
  static String eventList(Iterator<String> events, int count) {
    StringJoiner list = eventList();
    for (int i = 0; i < count; i++) {
      list.add(events.next());
    }
    return list.toString();
  }

  /** The lines of a bundled recording. */
  static List<String> recording(String resource) throws IOException {
    try (InputStream in = BenchData.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(new GZIPInputStream(in), ISO_8859_1))) {
      return lines.lines().toList();
    }
  }

  private static void write(
      Path file, long bytes, List<String> recording, UnaryOperator<String> clock)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (long written = 0; written < bytes; ) {
        for (String line : recording) {
          byte[] moved = (clock.apply(line) + "\n").getBytes(ISO_8859_1);
          out.write(moved);
          written += moved.length;
        }
      }
    }
  }

  private static Instant time(long event) {
    return BEGIN.plusMillis(event * STEP_MILLIS);
  }

  /** Records of one event keep one id, wherever they stand. */
  private static final class AuditdClock implements UnaryOperator<String> {
    private final Map<String, String> ids = new HashMap<>();
    private long events;

    @Override
    public String apply(String line) {
      if (ids.size() > 10_000) {
        ids.clear();
      }
      String moved =
          AUDIT_ID
              .matcher(line)
              .replaceFirst(id -> "audit(" + ids.computeIfAbsent(id.group(1), old -> next()) + ")");
      if (line.startsWith("type=EOE")) {
        ids.keySet().removeIf(id -> line.contains(id));
      }
      return moved;
    }

    private String next() {
      long millis = time(events).toEpochMilli();
      return "%d.%03d:%d".formatted(millis / 1000, millis % 1000, ++events);
    }
  }

  private static final class KubernetesClock implements UnaryOperator<String> {
    private long events;

    @Override
    public String apply(String line) {
      String id = UUID.nameUUIDFromBytes(Long.toString(++events).getBytes(ISO_8859_1)).toString();
      String time = MICROS.format(time(events));
      String renamed = KUBERNETES_ID.matcher(line).replaceFirst("\"auditID\":\"" + id + "\"");
      return KUBERNETES_TIME.matcher(renamed).replaceAll("$1" + time);
    }
  }
}
