package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.SecretPlaces.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

  private final Json json;
  private final byte[] text;
  private final Spelled within;
  private final SecretPath top;
  private final List<Secret> secrets;
  private final int depth;

  private JsonSecrets(Json json, Spelled within, SecretPath top, List<Secret> secrets, int depth) {
    this.json = json;
    this.text = json.text();
    this.within = within;
    this.top = top;
    this.secrets = secrets;
    this.depth = depth;
  }

  /**
   * Adds those of one value.
   *
   * @param place what its paths begin with; may be empty
   */
  static void find(Json value, String place, SecretPath top, List<Secret> secrets) {
    new JsonSecrets(value, null, top, secrets, 0).search(top, JsonPlace.top(place));
  }

  /**
   * Adds those of JSON that a text holds.
   *
   * @throws UnreadableRecordException when it isn't JSON
   */
  static void findWithin(Spelled value, String place, SecretPath top, List<Secret> secrets) {
    new JsonSecrets(Json.of(value.bytes()), value, top, secrets, NESTED)
        .search(top, JsonPlace.top(place));
  }

  private void search(SecretPath path, JsonPlace place) {
    value(json.from(), path, place, null);
  }

  /** Where the value ends. */
  private int value(int at, SecretPath path, JsonPlace place, List<JsonLeaf> leaves) {
    switch (text[at]) {
      case '{':
        return object(at, path, place);
      case '[':
        return array(at, path, place, leaves);
      case '"':
        int end = JsonWalk.closingQuote(text, at + 1);
        if (!isClean(path, at + 1, end)) {
          string(at + 1, end, path, place, leaves);
        }
        return end + 1;
      default:
        return json.skip(at);
    }
  }

  private void string(int from, int end, SecretPath path, JsonPlace place, List<JsonLeaf> leaves) {
    Spelled inside = within == null ? Spelled.plain(text, from, end) : within.part(from, end);
    leaf(new JsonLeaf(place.name(), path, place, inside.unescaped()), leaves);
  }

  /** What most strings are, so it is asked before anything is made of them. */
  private boolean isClean(SecretPath path, int from, int end) {
    if (path.waits() || end - from > LONGEST) {
      return false;
    }
    return switch (path.reading()) {
      case NOTHING -> true;
      case SHAPES -> SecretShapes.isClean(text, from, end);
      case MEMBER ->
          !path.isTelling()
              && "{[".indexOf(text[from]) < 0
              && SecretShapes.isClean(text, from, end);
      case URI -> SecretUri.isClean(text, from, end);
      default -> false;
    };
  }

  private int object(int start, SecretPath path, JsonPlace place) {
    List<JsonLeaf> leaves = new ArrayList<>(0);
    int at = JsonWalk.blank(text, start + 1);
    while (text[at] != '}') {
      int keyEnd = JsonWalk.closingQuote(text, at + 1);
      int from = JsonWalk.pastColon(text, keyEnd);
      boolean bare = "\"{[".indexOf(text[from]) < 0;
      int end = bare ? json.skip(from) : member(at + 1, keyEnd, from, path, place, leaves);
      at = JsonWalk.pastComma(text, end);
    }
    if (!leaves.isEmpty()) {
      finish(leaves);
    }
    return at + 1;
  }

  /** A place is made only where something is to be said of it. */
  private int member(
      int key, int keyEnd, int at, SecretPath path, JsonPlace place, List<JsonLeaf> leaves) {
    SecretPath inner = path.member(text, key, keyEnd);
    if (inner.isSkipped()) {
      return json.skip(at);
    }
    if (text[at] == '"') {
      int end = JsonWalk.closingQuote(text, at + 1);
      if (!isClean(inner, at + 1, end)) {
        string(at + 1, end, inner, place.member(text, key, keyEnd), leaves);
      }
      return end + 1;
    }
    return value(at, inner, place.member(text, key, keyEnd), leaves);
  }

  private int array(int from, SecretPath path, JsonPlace place, List<JsonLeaf> leaves) {
    int at = JsonWalk.blank(text, from + 1);
    for (int i = 0; text[at] != ']'; i++) {
      at = JsonWalk.pastComma(text, value(at, path.element(), place.element(i), leaves));
    }
    return at + 1;
  }

  private void leaf(JsonLeaf leaf, List<JsonLeaf> leaves) {
    Reading reading = leaf.path().reading();
    if (leaf.path().waits() && leaves != null && leaf.text().length() <= LONGEST) {
      leaves.add(leaf);
    } else {
      read(leaf, reading, leaf.name());
    }
  }

  /** What an object says together: a command, a variable's name and value, a patch's operation. */
  private void finish(List<JsonLeaf> leaves) {
    List<JsonLeaf> words = new ArrayList<>();
    String name = null;
    for (JsonLeaf leaf : leaves) {
      if (leaf.path().reading() == Reading.WORDS) {
        words.add(PROGRAM.contains(leaf.key()) ? programs(words) : words.size(), leaf);
      } else if (!leaf.key().equals("value")) {
        String text = leaf.text();
        name = leaf.key().equals("path") ? text.substring(text.lastIndexOf('/') + 1) : text;
        read(leaf, leaf.path().reading(), leaf.name());
      }
    }
    for (JsonLeaf leaf : leaves) {
      if (leaf.key().equals("value") && leaf.path().reading() != Reading.WORDS) {
        read(leaf, leaf.path().reading(), name == null ? "value" : name);
      }
    }
    words(words);
  }

  private static int programs(List<JsonLeaf> words) {
    return (int) words.stream().filter(word -> PROGRAM.contains(word.key())).count();
  }

  private void words(List<JsonLeaf> words) {
    if (words.isEmpty()) {
      return;
    }
    List<String> texts = words.stream().map(word -> word.text()).toList();
    SecretWords.inArguments(
        texts,
        (word, from, to, kind) -> add(words.get(word), words.get(word).key(), from, to, kind));
  }

  private void read(JsonLeaf leaf, Reading reading, String name) {
    String whole = leaf.text();
    String value = whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
    Found found = (from, to, kind) -> add(leaf, name, from, to, kind);
    if (value.length() < whole.length()) {
      leaf.add(secrets, LONGEST, whole.length(), "", "not searched", "");
    }
    switch (reading) {
      case SHAPES -> SecretShapes.find(value, found);
      case MEMBER -> member(leaf, name, value, found, false);
      case SETTINGS -> member(leaf, name, value, found, true);
      case ASSIGNMENT ->
          SecretText.inAssignment(
              value, (from, to, kind) -> add(leaf, leaf.variable(), from, to, kind));
      case COMMAND -> SecretText.inCommand(value, found);
      case SECRET -> found.secret(0, whole.isEmpty() ? 0 : whole.length(), "secret");
      case BASE64 -> base64(leaf, name, whole);
      case URI -> SecretUri.find(leaf.spelled(), leaf.place().path(), leaf.path(), secrets);
      default -> {}
    }
  }

  private void member(JsonLeaf leaf, String name, String value, Found found, boolean settings) {
    String kind = SecretName.kind(name);
    if (kind != null && SecretValue.isOne(kind, value)) {
      found.secret(0, leaf.text().length(), kind);
    } else if (!nested(leaf)) {
      if (settings) {
        SecretText.inLines(value, found);
      } else {
        SecretShapes.find(value, found);
      }
    }
  }

  /** Whether the string holds JSON, which was then searched. */
  private boolean nested(JsonLeaf leaf) {
    String value = leaf.text();
    boolean may = value.length() > 2 && "{[".indexOf(value.charAt(0)) >= 0;
    if (!may || depth == NESTED) {
      return false;
    }
    try {
      Json inner = Json.of(leaf.spelled().bytes());
      new JsonSecrets(inner, leaf.spelled(), top, secrets, depth + 1)
          .search(leaf.path(), leaf.place());
      return true;
    } catch (UnreadableRecordException e) {
      return false;
    }
  }

  private void base64(JsonLeaf leaf, String name, String value) {
    List<Secret> inner = new ArrayList<>();
    byte[] decoded = decoded(value);
    try {
      Json body = new Json(decoded, new JsonScanner(decoded, 0, decoded.length).first());
      if (body.isObject()) {
        new JsonSecrets(body, null, top, inner, depth + 1).search(top, JsonPlace.top(""));
      }
    } catch (UnreadableRecordException e) {
      String text = new String(decoded, StandardCharsets.ISO_8859_1);
      SecretText.inLines(
          text,
          (from, to, kind) ->
              inner.add(
                  new Secret(
                      from, to, "", leaf.path().words(name), kind, text.substring(from, to))));
    }
    for (Secret secret : inner) {
      leaf.add(secrets, 0, value.length(), secret.words(), secret.kind(), secret.value());
    }
  }

  private static byte[] decoded(String value) {
    try {
      return Base64.getMimeDecoder().decode(value.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return value.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private void add(JsonLeaf leaf, String name, int from, int to, String kind) {
    String words = leaf.path().words(name);
    leaf.add(secrets, from, to, words, kind, leaf.text().substring(from, to));
  }
}
