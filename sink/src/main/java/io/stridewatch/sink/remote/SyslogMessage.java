package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.StoredAlert;
import io.stridewatch.Times;
import io.stridewatch.sink.form.Form;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
  /** A time has six digits of a second at most (RFC 5424, 6.2.3). */
  private static final int MICROS = "2026-11-21T03:47:10.123456".length();

  /**
   * The message.
   *
   * @throws RefusedException when it is too long even without evidence
   */
  byte[] bytes(StoredAlert alert) {
    byte[] message = whole(alert);
    if (message.length <= longest) {
      return message;
    }
    for (Alert shorter : Shorter.of(alert.alert())) {
      message = whole(StoredAlert.of(shorter));
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

  private byte[] whole(StoredAlert alert) {
    byte[] header = header(alert).getBytes(StandardCharsets.US_ASCII);
    byte[] text = message(form.bytes(alert));
    byte[] whole = Arrays.copyOf(header, header.length + text.length);
    System.arraycopy(text, 0, whole, header.length, text.length);
    return whole;
  }

  private String header(StoredAlert alert) {
    StringBuilder header = new StringBuilder(128).append('<');
    header.append(facility * 8 + severity(alert)).append(">1 ");
    header.append(Times.text(alert.time()), 0, MICROS).append("Z ");
    header.append(word(alert.scope(), 255)).append(" stridewatch - ");
    return header.append(word(alert.rule(), 32)).append(" - ").toString();
  }

  private byte[] message(byte[] line) {
    for (byte b : line) {
      if (b < 0) {
        return wide(new String(line, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
      }
    }
    return line;
  }

  private String wide(String line) {
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
    StringBuilder word = new StringBuilder(text.length());
    text.chars().limit(longest).forEach(c -> word.append(c > ' ' && c < 0x7f ? (char) c : '_'));
    return word.isEmpty() ? "-" : word.toString();
  }

  private static int severity(StoredAlert alert) {
    return switch (alert.severity()) {
      case CRITICAL -> 2;
      case HIGH -> 3;
      case MEDIUM -> 4;
      case LOW -> 5;
      case INFO -> 6;
    };
  }
}
