package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.sink.form.Form;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * An alert as RFC 5424 has it: {@code <PRI>1 TIME SCOPE stridewatch - RULE - MESSAGE}. No
 * structured data: its names need an enterprise number, and the message says all. JSON forms are
 * written in ASCII, so they need no byte order mark, which parsers of JSON trip over; another form
 * gets one where it is not ASCII (RFC 5424, 6.4).
 *
 * @param facility 0 to 23 (RFC 5424, 6.2.1)
 * @param longest most bytes of a message; an alert that is longer leaves evidence out
 */
record SyslogMessage(Form form, int facility, int longest) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * The message.
   *
   * @throws RefusedException when it is too long even without evidence
   */
  byte[] bytes(Alert alert) {
    for (Alert shorter : Shorter.and(alert)) {
      byte[] message = whole(shorter);
      if (message.length <= longest) {
        return message;
      }
    }
    throw new RefusedException(
        "alert "
            + alert.id()
            + " is longer than "
            + longest
            + " bytes: give the sink a greater max");
  }

  private byte[] whole(Alert alert) {
    String header =
        "<%d>1 %s %s stridewatch - %s - "
            .formatted(
                facility * 8 + severity(alert),
                TIME.format(alert.time()),
                word(alert.scope(), 255),
                word(alert.rule(), 32));
    return (header + message(alert)).getBytes(StandardCharsets.UTF_8);
  }

  private String message(Alert alert) {
    String line = form.line(alert);
    if (line.chars().allMatch(c -> c < 0x80)) {
      return line;
    }
    return form.json() ? ascii(line) : "\ufeff" + line;
  }

  /** All that is not ASCII stands inside JSON's strings. */
  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length() + 64);
    for (char c : json.toCharArray()) {
      ascii.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return ascii.toString();
  }

  /** Printable ASCII without blanks; {@code -} where nothing is left. */
  private static String word(String text, int longest) {
    String word = text.replaceAll("[^\\x21-\\x7e]", "_");
    return word.isEmpty() ? "-" : word.substring(0, Math.min(longest, word.length()));
  }

  private static int severity(Alert alert) {
    return switch (alert.severity()) {
      case CRITICAL -> 2;
      case HIGH -> 3;
      case MEDIUM -> 4;
      case LOW -> 5;
      case INFO -> 6;
    };
  }
}
