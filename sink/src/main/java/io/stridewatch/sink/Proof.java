package io.stridewatch.sink;

import io.stridewatch.AuditEvent;
import io.stridewatch.Evidence;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.Decoders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A record as one line for people: what its source calls it, then the fields that matter most,
 * decoded (audit records say paths in hex and calls in numbers); where it can't be decoded, as it
 * stands.
 */
final class Proof {
  private static final int LONGEST = 200;
  private static final Pattern MASK_IN_HEX =
      Pattern.compile("(?<=[0-9A-F]{2})\\*\\*\\*(?=[0-9A-F]{2}|\\s|$)");
  private static final Map<Source, List<String>> FIELDS =
      Map.of(
          Source.AUDITD,
          List.of(
              "syscall", "success", "program", "command", "file", "change", "mode", "op", "address",
              "port", "socket", "keys"),
          Source.DOCKER,
          List.of(
              "Type",
              "Action",
              "name",
              "image",
              "privileged",
              "capabilities",
              "hostNamespaces",
              "hostPaths",
              "devices",
              "unconfined",
              "execUser"),
          Source.KUBERNETES,
          List.of("verb", "requestURI", "code", "address", "userAgent", "images"));

  private Proof() {}

  static String line(Evidence evidence) {
    return evidence.ref() + "  " + told(evidence);
  }

  /** The same without what its source calls it. */
  static String told(Evidence evidence) {
    if (evidence.raw() == null) {
      return "(no text)";
    }
    List<String> fields = fields(evidence);
    return fields.isEmpty() ? flat(evidence.raw()) : String.join(" ", fields);
  }

  /** The fields that matter most, each {@code name=values}; none where it can't be decoded. */
  static List<String> fields(Evidence evidence) {
    if (evidence.raw() == null) {
      return List.of();
    }
    try {
      byte[] raw = readable(evidence).getBytes(StandardCharsets.UTF_8);
      return fields(Decoders.decode(evidence.source(), "-", raw));
    } catch (UnreadableRecordException e) {
      return List.of();
    }
  }

  /**
   * A mask within a value in hex is written in hex as well, or the value would not read as such.
   */
  private static String readable(Evidence evidence) {
    return evidence.source() == Source.AUDITD
        ? MASK_IN_HEX.matcher(evidence.raw()).replaceAll("2A2A2A")
        : evidence.raw();
  }

  private static List<String> fields(AuditEvent event) {
    List<String> parts = new ArrayList<>();
    for (String field : FIELDS.getOrDefault(event.source(), List.of())) {
      List<String> values = event.values(field).stream().distinct().limit(5).toList();
      String text = String.join(",", values);
      if (!text.isEmpty() && !text.equals("false")) {
        parts.add(field + "=" + (text.length() > LONGEST ? text.substring(0, LONGEST) : text));
      }
    }
    return parts;
  }

  private static String flat(String raw) {
    return raw.replace('\n', ' ');
  }
}
