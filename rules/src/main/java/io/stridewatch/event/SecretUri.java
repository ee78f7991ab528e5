package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;

/** Finds the secrets in a request's URI: in its path by shape, in its query by name as well. */
final class SecretUri {
  private SecretUri() {}

  /** Whether {@code text[from, to)} has no query, and surely no secret. */
  static boolean isClean(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '?') {
        return false;
      }
    }
    return SecretShapes.isClean(text, from, to);
  }

  /** Adds them; words of a command stand in parameters {@code command} (Kubernetes' exec). */
  static void find(Spelled uri, String place, SecretPath path, List<Secret> secrets) {
    String text = uri.text();
    int query = text.indexOf('?');
    int end = query < 0 ? text.length() : query;
    String words = path.words("");
    SecretShapes.find(
        text.substring(0, end),
        (from, to, kind) -> add(uri, from, to, place, words, kind, secrets));
    List<Spelled> command = new ArrayList<>();
    for (int from = end + 1; from <= text.length(); ) {
      int next = text.indexOf('&', from);
      next = next < 0 ? text.length() : next;
      int equals = text.indexOf('=', from);
      if (equals > 0 && equals < next) {
        String name = uri.part(from, equals).percentDecoded().text();
        Spelled value = uri.part(equals + 1, next).percentDecoded();
        if (name.equals("command") || name.equals("cmd")) {
          command.add(value);
        } else {
          parameter(name, value, place, path, secrets);
        }
      }
      from = next + 1;
    }
    SecretWords.inArguments(
        command.stream().map(Spelled::text).toList(),
        (word, from, to, kind) ->
            add(command.get(word), from, to, place + ".command", words, kind, secrets));
  }

  private static void parameter(
      String name, Spelled value, String place, SecretPath path, List<Secret> secrets) {
    if (value.text().startsWith("{")) {
      try {
        JsonSecrets.findWithin(value, place + "." + name, path.top(), secrets);
        return;
      } catch (UnreadableRecordException e) {
        // not JSON: read as text
      }
    }
    String words = path.words(name);
    SecretText.inNamed(
        name,
        value.text(),
        (from, to, kind) -> add(value, from, to, place + "." + name, words, kind, secrets));
  }

  private static void add(
      Spelled text,
      int from,
      int to,
      String place,
      String words,
      String kind,
      List<Secret> secrets) {
    String value = text.text().substring(from, to);
    text.stretches(
        from, to, (begin, end) -> secrets.add(new Secret(begin, end, place, words, kind, value)));
  }
}
