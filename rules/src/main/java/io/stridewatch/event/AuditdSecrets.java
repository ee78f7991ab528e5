package io.stridewatch.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an audit event may hold secrets: in the arguments of a program (whole, in pieces, in hex),
 * in its title, in what sudo ran, in what was typed. Paths are left alone.
 */
final class AuditdSecrets {
  private static final TextMemory<Boolean> CLEAN_TITLES = new TextMemory<>();

  private final List<Secret> secrets;

  /** The arguments' words, their secrets as {@code {word, from, to}}, and of what kinds. */
  private final List<Spelled> arguments = new ArrayList<>();

  private final List<int[]> spans = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();

  private AuditdSecrets(List<Secret> secrets) {
    this.secrets = secrets;
  }

  /** Adds those of an event's lines. */
  static void find(AuditdEvent event, List<Secret> secrets) {
    AuditdSecrets found = new AuditdSecrets(secrets);
    found.arguments(event);
    event.records().forEach(found::record);
  }

  private void arguments(AuditdEvent event) {
    Map<String, List<Spelled>> pieces = new LinkedHashMap<>();
    for (AuditdRecord record : event.records()) {
      if (record.type().is("EXECVE")) {
        addPieces(record, pieces);
      }
    }
    List<String> names = new ArrayList<>(pieces.keySet());
    pieces.values().forEach(argument -> arguments.add(Spelled.joined(argument)));
    SecretWords.inArguments(
        arguments.stream().map(Spelled::text).toList(),
        (word, from, to, kind) -> {
          spans.add(new int[] {word, from, to});
          kinds.add(kind);
          add(arguments.get(word), from, to, "EXECVE." + names.get(word), kind);
        });
  }

  private static void addPieces(AuditdRecord record, Map<String, List<Spelled>> pieces) {
    AuditdTokens tokens = record.tokens();
    byte[] raw = record.raw();
    for (int i = 0; i < tokens.count(); i++) {
      int from = tokens.nameFrom(i);
      int end = from + 1;
      while (raw[end] >= '0' && raw[end] <= '9') {
        end++;
      }
      if (raw[from] == 'a' && end > from + 1 && (raw[end] == '=' || raw[end] == '[')) {
        String name = AuditdText.text(raw, from, end);
        pieces.computeIfAbsent(name, key -> new ArrayList<>(1)).add(spelled(record, i));
      }
    }
  }

  private static Spelled spelled(AuditdRecord record, int token) {
    AuditdTokens tokens = record.tokens();
    int from = tokens.from(token);
    int to = tokens.to(token);
    Spelled written = Spelled.plain(record.raw(), from, to);
    boolean hex = !tokens.quoted(token) && AuditdText.hex(record.raw(), from, to);
    return hex ? written.unhexed() : written;
  }

  private void record(AuditdRecord record) {
    String type = record.type().name();
    AuditdTokens tokens = record.tokens();
    for (String field : List.of("proctitle", "cmd", "data", "msg", "text")) {
      for (int i = tokens.find(field, 0); i >= 0; i = tokens.find(field, i + 1)) {
        field(type, field, spelled(record, i));
      }
    }
  }

  private void field(String type, String field, Spelled value) {
    String place = type + "." + field;
    Found found = (from, to, kind) -> add(value, from, to, place, kind);
    switch (field) {
      case "proctitle" -> title(value, place);
      case "msg" -> SecretShapes.find(value.text(), found);
      default -> SecretText.inCommand(value.text(), found);
    }
  }

  /** The arguments once more, parted by zero bytes, and cut where 128 bytes end. */
  private void title(Spelled title, String place) {
    if (!spans.isEmpty() || !CLEAN_TITLES.of(title.text(), AuditdSecrets::holdsNone)) {
      search(title, place);
    }
  }

  private static boolean holdsNone(String title) {
    boolean[] none = {true};
    SecretWords.inArguments(
        List.of(title.split("\0", -1)), (word, from, to, kind) -> none[0] = false);
    return none[0];
  }

  private void search(Spelled title, String place) {
    List<Spelled> words = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= title.text().length(); i++) {
      if (i == title.text().length() || title.text().charAt(i) == 0) {
        words.add(title.part(from, i));
        from = i + 1;
      }
    }
    SecretWords.inArguments(
        words.stream().map(Spelled::text).toList(),
        (word, start, end, kind) -> add(words.get(word), start, end, place, kind));
    for (int i = 0; i < spans.size(); i++) {
      repeat(words, spans.get(i), place, kinds.get(i));
    }
  }

  private void repeat(List<Spelled> words, int[] span, String place, String kind) {
    Spelled word = span[0] < words.size() ? words.get(span[0]) : null;
    if (word != null && arguments.get(span[0]).text().startsWith(word.text())) {
      int end = Math.min(span[2], word.text().length());
      if (span[1] < end) {
        add(word, span[1], end, place, kind);
      }
    }
  }

  private void add(Spelled text, int from, int to, String place, String kind) {
    String value = text.text().substring(from, to);
    text.stretches(
        from,
        to,
        (begin, end) -> secrets.add(new Secret(begin, end, place, "command", kind, value)));
  }
}
