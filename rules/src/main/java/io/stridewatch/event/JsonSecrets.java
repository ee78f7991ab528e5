package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.SecretPlaces.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the secrets in JSON text that a {@link JsonScanner} found well formed, and in JSON that
 * strings of it hold. One pass; one use.
 */
final class JsonSecrets {
  /** Of a longer string the rest is taken for a secret: nobody is shown so much. */
  private static final int LONGEST = 1 << 20;

  private static final int NESTED = 3;

  /** What names the program stands before what are its arguments. */
  private static final Set<String> PROGRAM = Set.of("path", "entrypoint", "command");

  private final byte[] text;
  private final Spelled within;
  private final SecretPlaces places;
  private final List<Secret> secrets;
  private final int depth;

  /** A string that waits for what else its object says. */
  private record Leaf(String name, String key, String path, String place, Spelled spelled) {}

  private JsonSecrets(
      byte[] text, Spelled within, SecretPlaces places, List<Secret> secrets, int depth) {
    this.text = text;
    this.within = within;
    this.places = places;
    this.secrets = secrets;
    this.depth = depth;
  }

  /**
   * Adds those of one value.
   *
   * @param place what its paths begin with; may be empty
   */
  static void find(Json value, String place, SecretPlaces places, List<Secret> secrets) {
    new JsonSecrets(value.text(), null, places, secrets, 0)
        .value(value.from(), "", place, "", null);
  }

  /**
   * Adds those of JSON that a text holds.
   *
   * @throws UnreadableRecordException when it isn't JSON
   */
  static void findWithin(Spelled value, String place, SecretPlaces places, List<Secret> secrets) {
    Json json = Json.of(value.bytes());
    new JsonSecrets(json.text(), value, places, secrets, NESTED)
        .value(json.from(), "", place, "", null);
  }

  /** Where the value ends. */
  private int value(int at, String path, String place, String name, List<Leaf> leaves) {
    switch (text[at]) {
      case '{':
        return object(at, path, place);
      case '[':
        return array(at, path, place, leaves);
      case '"':
        int end = JsonWalk.closingQuote(text, at + 1);
        Spelled inside =
            within == null ? Spelled.plain(text, at + 1, end) : within.part(at + 1, end);
        leaf(new Leaf(name, key(path), path, place, inside.unescaped()), leaves);
        return end + 1;
      default:
        return JsonWalk.skip(text, at);
    }
  }

  private int object(int from, String path, String place) {
    List<Leaf> leaves = new ArrayList<>(4);
    int at = JsonWalk.blank(text, from + 1);
    while (text[at] != '}') {
      int keyEnd = JsonWalk.closingQuote(text, at + 1);
      String key = JsonWalk.string(text, at + 1, keyEnd);
      at = JsonWalk.pastColon(text, keyEnd);
      String inner = dotted(path, key.toLowerCase(Locale.ROOT));
      at = next(value(at, inner, dotted(place, key), key, leaves));
    }
    finish(leaves);
    return at + 1;
  }

  private int array(int from, String path, String place, List<Leaf> leaves) {
    int at = JsonWalk.blank(text, from + 1);
    for (int i = 0; text[at] != ']'; i++) {
      at = next(value(at, path + "[]", place + "[" + i + "]", "", leaves));
    }
    return at + 1;
  }

  private int next(int valueEnd) {
    int at = JsonWalk.blank(text, valueEnd);
    return text[at] == ',' ? JsonWalk.blank(text, at + 1) : at;
  }

  private static String dotted(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String key(String path) {
    String bare = path.endsWith("[]") ? path.substring(0, path.length() - 2) : path;
    return bare.substring(bare.lastIndexOf('.') + 1);
  }

  private void leaf(Leaf leaf, List<Leaf> leaves) {
    Reading reading = places.reading(leaf.path);
    boolean waits = reading == Reading.WORDS || Set.of("name", "value", "path").contains(leaf.key);
    if (waits && leaves != null && leaf.spelled.text().length() <= LONGEST) {
      leaves.add(leaf);
    } else {
      read(leaf, reading, leaf.name);
    }
  }

  /** What an object says together: a command, a variable's name and value, a patch's operation. */
  private void finish(List<Leaf> leaves) {
    List<Leaf> words = new ArrayList<>();
    String name = null;
    for (Leaf leaf : leaves) {
      if (places.reading(leaf.path) == Reading.WORDS) {
        words.add(PROGRAM.contains(leaf.key) ? programs(words) : words.size(), leaf);
      } else if (!leaf.key.equals("value")) {
        String text = leaf.spelled.text();
        name = leaf.key.equals("path") ? text.substring(text.lastIndexOf('/') + 1) : text;
        read(leaf, places.reading(leaf.path), leaf.name);
      }
    }
    for (Leaf leaf : leaves) {
      if (leaf.key.equals("value") && places.reading(leaf.path) != Reading.WORDS) {
        read(leaf, places.reading(leaf.path), name == null ? "value" : name);
      }
    }
    words(words);
  }

  private static int programs(List<Leaf> words) {
    return (int) words.stream().filter(word -> PROGRAM.contains(word.key)).count();
  }

  private void words(List<Leaf> words) {
    List<String> texts = words.stream().map(word -> word.spelled.text()).toList();
    SecretWords.inArguments(
        texts, (word, from, to, kind) -> add(words.get(word), words.get(word).key, from, to, kind));
  }

  private void read(Leaf leaf, Reading reading, String name) {
    String whole = leaf.spelled.text();
    String value = whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
    Found found = (from, to, kind) -> add(leaf, name, from, to, kind);
    if (value.length() < whole.length()) {
      leaf.spelled.stretches(
          LONGEST,
          whole.length(),
          (from, to) -> secrets.add(new Secret(from, to, leaf.place, "", "not searched", "")));
    }
    switch (reading) {
      case SHAPES -> SecretShapes.find(value, found);
      case MEMBER -> member(leaf, name, value, found, false);
      case SETTINGS -> member(leaf, name, value, found, true);
      case ASSIGNMENT ->
          SecretText.inAssignment(
              value, (from, to, kind) -> add(leaf, variable(value), from, to, kind));
      case COMMAND -> SecretText.inCommand(value, found);
      case SECRET -> found.secret(0, whole.isEmpty() ? 0 : whole.length(), "secret");
      case BASE64 -> base64(leaf, name, whole);
      case URI -> SecretUri.find(leaf.spelled, leaf.place, places, leaf.path, secrets);
      default -> {}
    }
  }

  private static String variable(String assignment) {
    int equals = assignment.indexOf('=');
    return equals < 0 ? "" : assignment.substring(0, equals);
  }

  private void member(Leaf leaf, String name, String value, Found found, boolean settings) {
    String kind = SecretName.kind(name);
    if (kind != null && SecretValue.isOne(kind, value)) {
      found.secret(0, leaf.spelled.text().length(), kind);
    } else if (!nested(leaf)) {
      if (settings) {
        SecretText.inLines(value, found);
      } else {
        SecretShapes.find(value, found);
      }
    }
  }

  /** Whether the string holds JSON, which was then searched. */
  private boolean nested(Leaf leaf) {
    String value = leaf.spelled.text();
    boolean may = value.length() > 2 && "{[".indexOf(value.charAt(0)) >= 0;
    if (!may || depth == NESTED) {
      return false;
    }
    try {
      Json json = Json.of(leaf.spelled.bytes());
      new JsonSecrets(json.text(), leaf.spelled, places, secrets, depth + 1)
          .value(json.from(), leaf.path, leaf.place, "", null);
      return true;
    } catch (UnreadableRecordException e) {
      return false;
    }
  }

  private void base64(Leaf leaf, String name, String value) {
    List<Secret> inner = new ArrayList<>();
    byte[] decoded = decoded(value);
    try {
      Json json = new Json(decoded, new JsonScanner(decoded, 0, decoded.length).first());
      if (json.isObject()) {
        JsonSecrets body = new JsonSecrets(decoded, null, places, inner, depth + 1);
        body.value(json.from(), "", "", "", null);
      }
    } catch (UnreadableRecordException e) {
      String text = new String(decoded, StandardCharsets.ISO_8859_1);
      SecretText.inLines(
          text,
          (from, to, kind) ->
              inner.add(
                  new Secret(
                      from,
                      to,
                      "",
                      places.words(leaf.path, name),
                      kind,
                      text.substring(from, to))));
    }
    for (Secret secret : inner) {
      leaf.spelled.stretches(
          0,
          value.length(),
          (from, to) ->
              secrets.add(
                  new Secret(from, to, leaf.place, secret.words(), secret.kind(), secret.value())));
    }
  }

  private static byte[] decoded(String value) {
    try {
      return Base64.getMimeDecoder().decode(value.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return value.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private void add(Leaf leaf, String name, int from, int to, String kind) {
    String words = places.words(leaf.path, name);
    String value = leaf.spelled.text().substring(from, to);
    leaf.spelled.stretches(
        from,
        to,
        (begin, end) -> secrets.add(new Secret(begin, end, leaf.place, words, kind, value)));
  }
}
