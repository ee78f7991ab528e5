package io.stridewatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An alert as the topic keeps it: its line, and the alert itself, which is read when somebody first
 * asks for more than its head. So a sink of our own form writes the bytes that are there. A line
 * that is not to the byte as {@link AlertJson} writes one is read at once, and written anew. Not
 * thread-safe.
 */
public final class StoredAlert {
  private final AlertHead head;
  private byte[] line;
  private Alert alert;

  private StoredAlert(AlertHead head, byte[] line, Alert alert) {
    this.head = head;
    this.line = line;
    this.alert = alert;
  }

  /** One that is there whole. */
  public static StoredAlert of(Alert alert) {
    AlertHead head =
        new AlertHead(alert.id(), alert.rule(), alert.severity(), alert.time(), alert.scope());
    return new StoredAlert(head, null, alert);
  }

  /**
   * One of a topic.
   *
   * @param line not to be changed any more
   * @throws IOException when it is no alert, as far as its head shows
   */
  public static StoredAlert read(byte[] line) throws IOException {
    AlertHead head = AlertHead.of(line).orElse(null);
    return head == null ? of(AlertJson.read(line)) : new StoredAlert(head, line, null);
  }

  /** As published, in UTF-8, without its end; not to be changed. */
  public byte[] line() {
    if (line == null) {
      line = AlertJson.line(alert).getBytes(StandardCharsets.UTF_8);
    }
    return line;
  }

  /**
   * All of it.
   *
   * @throws UncheckedIOException when what stands behind its head is no alert's
   */
  public Alert alert() {
    if (alert == null) {
      try {
        alert = AlertJson.read(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return alert;
  }

  /** Its id. */
  public String id() {
    return head.id();
  }

  /** Its rule. */
  public String rule() {
    return head.rule();
  }

  /** How bad it is. */
  public Severity severity() {
    return head.severity();
  }

  /** When it came to be, by its records. */
  public Instant time() {
    return head.time();
  }

  /** Where. */
  public String scope() {
    return head.scope();
  }
}
