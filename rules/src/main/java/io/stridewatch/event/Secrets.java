package io.stridewatch.event;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the secrets in records, so that an alert names where they are and never repeats them: by
 * known shapes, by names that tell, by the place that a command takes a password in; what merely
 * looks random only under a name of a key. Places that hold ids are left alone. Pure; any thread.
 * Time grows with the record's length alone; a record that can't be decoded is searched as text.
 */
public final class Secrets {
  /** A shorter one is known by its place only: it may be part of any word. */
  private static final int SHORTEST_KNOWN = 6;

  private static final TextMemory<String> MASKED = new TextMemory<>();

  private Secrets() {}

  /** In the order in which they begin; they don't overlap, but several may name one stretch. */
  public static List<Secret> of(AuditEvent event) {
    return event instanceof Searched searched ? searched.secrets() : List.of();
  }

  /** The same of a record, be it one that can't be decoded. */
  public static List<Secret> of(Source source, byte[] raw) {
    try {
      return of(Decoders.decode(source, "", raw));
    } catch (UnreadableRecordException e) {
      return found(secrets -> inText(Spelled.plain(raw, 0, raw.length), "text", secrets));
    }
  }

  /** What a search adds, put in order. */
  static List<Secret> found(Consumer<List<Secret>> search) {
    List<Secret> secrets = new ArrayList<>();
    search.accept(secrets);
    secrets.sort((a, b) -> Integer.compare(a.from(), b.from()));
    return List.copyOf(secrets);
  }

  /**
   * Text, such as a command, with {@code ***} for each secret in it.
   *
   * @param known what else is secret there, by its value or as its record spells it
   * @param raw the record
   */
  public static String masked(String text, List<Secret> known, byte[] raw) {
    return known.isEmpty() ? masked(text) : maskedWith(text, known, raw);
  }

  private static String maskedWith(String text, List<Secret> known, byte[] raw) {
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
    return MASKED.of(text, plain -> maskedWith(plain, List.of(), new byte[0]));
  }

  /** What and of which kind, each once: {@code environment DB_PASSWORD (password)}. */
  static List<String> words(Searched event) {
    List<Secret> asked = event.asked();
    if (asked.isEmpty()) {
      return List.of();
    }
    return asked.stream()
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
