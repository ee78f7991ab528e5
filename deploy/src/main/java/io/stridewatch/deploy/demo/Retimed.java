package io.stridewatch.deploy.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stridewatch.Times;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records with the times in them moved, and nothing else changed: each source's own way of saying
 * when. Bytes are handled as ISO 8859-1, so that those which are no text stay as they are.
 */
final class Retimed {
  private static final Pattern AUDITD =
      Pattern.compile(
          "^(type=\\S+ msg=audit\\()([0-9]+)\\.([0-9]{3})", Pattern.MULTILINE | Pattern.UNIX_LINES);
  private static final Pattern DOCKER =
      Pattern.compile("\"time\":[0-9]+,\"timeNano\":([0-9]+)}\\z");
  private static final Pattern STAGE = Pattern.compile("\"stageTimestamp\":\"([0-9T:.-]+Z)\"");
  private static final Pattern KUBERNETES =
      Pattern.compile("(\"(?:requestReceived|stage)Timestamp\":\")([0-9T:.-]+Z)");
  private static final Pattern ENGINE_TIME =
      Pattern.compile("\"((?!0001)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)\"");

  private Retimed() {}

  /** When an auditd event says it was: {@code audit(SECONDS.MILLIS:SERIAL)}. */
  static long auditdNanos(byte[] raw) {
    MatchResult found = found(AUDITD, raw);
    return Long.parseLong(found.group(2)) * 1_000_000_000 + millis(found.group(3));
  }

  private static long millis(String digits) {
    return Long.parseLong(digits) * 1_000_000;
  }

  /** The same in each of the event's lines. */
  static byte[] auditd(byte[] raw, long shift) {
    return replaced(
        AUDITD,
        raw,
        found -> {
          long seconds = Long.parseLong(found.group(2)) * 1_000_000_000;
          long nanos = seconds + millis(found.group(3)) + shift;
          long whole = nanos / 1_000_000_000;
          long millis = nanos / 1_000_000 % 1000;
          return found.group(1) + String.format(Locale.ROOT, "%d.%03d", whole, millis);
        });
  }

  /** When a Docker event says it was: {@code timeNano}. */
  static long dockerNanos(byte[] raw) {
    return Long.parseLong(found(DOCKER, raw).group(1));
  }

  /** {@code time} and {@code timeNano} at the line's end; labels may hold the same words before. */
  static byte[] docker(byte[] raw, long shift) {
    return replaced(
        DOCKER,
        raw,
        found -> {
          long nanos = Long.parseLong(found.group(1)) + shift;
          return "\"time\":" + nanos / 1_000_000_000 + ",\"timeNano\":" + nanos + "}";
        });
  }

  /** What the engine answers about a container: created, started, finished. */
  static byte[] answer(byte[] body, long shift) {
    return replaced(ENGINE_TIME, body, found -> "\"" + moved(found.group(1), shift) + "\"");
  }

  /** When a Kubernetes event says its stage was. */
  static long kubernetesNanos(byte[] raw) {
    return Times.nanos(Instant.parse(found(STAGE, raw).group(1)));
  }

  /** Both time stamps, with microseconds as the API server writes them. */
  static byte[] kubernetes(byte[] raw, long shift) {
    return replaced(
        KUBERNETES,
        raw,
        found -> found.group(1) + Times.text(moved(found.group(2), shift)).substring(0, 26) + "Z");
  }

  private static Instant moved(String time, long shift) {
    return Instant.parse(time).plusNanos(shift);
  }

  private static MatchResult found(Pattern pattern, byte[] raw) {
    Matcher matcher = pattern.matcher(new String(raw, ISO_8859_1));
    if (!matcher.find()) {
      throw new IllegalArgumentException("no time in the record: " + new String(raw, ISO_8859_1));
    }
    return matcher.toMatchResult();
  }

  private static byte[] replaced(Pattern pattern, byte[] raw, Function<MatchResult, String> text) {
    Matcher matcher = pattern.matcher(new String(raw, ISO_8859_1));
    return matcher
        .replaceAll(found -> Matcher.quoteReplacement(text.apply(found)))
        .getBytes(ISO_8859_1);
  }
}
