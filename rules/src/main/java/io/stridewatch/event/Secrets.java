package io.stridewatch.event;

import io.stridewatch.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the secrets in records, so that an alert names where they are and never repeats them: by
 * known shapes, by names that tell, by the place that a command takes a password in; what merely
 * looks random only under a name of a key. Places that hold ids are left alone. Pure; any thread.
 * Time grows with the record's length alone; a record that can't be decoded is searched as text.
 */
public final class Secrets {
  /** A shorter one is known by its place only: it may be part of any word. */
  private static final int SHORTEST_KNOWN = 6;

  private Secrets() {}

  /** In the order in which they begin; they don't overlap, but several may name one stretch. */
  public static List<Secret> of(Source source, byte[] raw) {
    List<Secret> secrets = new ArrayList<>();
    switch (source) {
      case DOCKER -> DockerSecrets.find(raw, secrets);
      case KUBERNETES -> KubernetesSecrets.find(raw, secrets);
      case AUDITD -> AuditdSecrets.find(raw, secrets);
      default -> {}
    }
    secrets.sort((a, b) -> Integer.compare(a.from(), b.from()));
    return secrets;
  }

  /**
   * Text, such as a command, with {@code ***} for each secret in it.
   *
   * @param known what else is secret there, by its value or as its record spells it
   * @param raw the record
   */
  public static String masked(String text, List<Secret> known, byte[] raw) {
    String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String masked = bytes;
    for (Secret secret : known) {
      if (secret.value().length() >= SHORTEST_KNOWN) {
        int length = secret.to() - secret.from();
        String spelled = new String(raw, secret.from(), length, StandardCharsets.ISO_8859_1);
        masked = masked.replace(secret.value(), "***").replace(spelled, "***");
      }
    }
    masked = SecretText.masked(masked);
    return masked.equals(bytes) ? text : utf8(masked);
  }

  /** Text with {@code ***} for each secret in it. */
  public static String masked(String text) {
    return masked(text, List.of(), new byte[0]);
  }

  /** What and of which kind, each once: {@code environment DB_PASSWORD (password)}. */
  static List<String> words(Source source, byte[] raw) {
    return of(source, raw).stream()
        .filter(secret -> !secret.words().isEmpty())
        .map(secret -> utf8(secret.words()) + " (" + secret.kind() + ")")
        .distinct()
        .toList();
  }

  private static String utf8(String bytes) {
    boolean wide = bytes.chars().anyMatch(c -> c > 0xff);
    return wide
        ? bytes
        : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** What is no record of its source at all. */
  static void inText(Spelled text, String place, List<Secret> secrets) {
    SecretText.inLines(
        text.text(),
        (from, to, kind) -> {
          String value = text.text().substring(from, to);
          text.stretches(
              from,
              to,
              (begin, end) -> secrets.add(new Secret(begin, end, place, "", kind, value)));
        });
  }
}
