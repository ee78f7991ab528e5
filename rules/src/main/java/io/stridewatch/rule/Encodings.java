package io.stridewatch.rule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The modifiers that turn one value into the forms in which it may stand in a record. */
final class Encodings {
  private static final String DASHES = "-/\u2013\u2014\u2015";

  private Encodings() {}

  /** The forms of {@code value} under {@code windash}, {@code base64} or {@code base64offset}. */
  static Stream<String> of(String encoding, String value) {
    return switch (encoding) {
      case "windash" -> dashes(value);
      case "base64" -> Stream.of(base64(value.getBytes(StandardCharsets.UTF_8)));
      default -> offsets(value).stream();
    };
  }

  /** Each dash that begins a word, in all its forms at once. */
  private static Stream<String> dashes(String value) {
    return DASHES
        .chars()
        .mapToObj(dash -> value.replaceAll("(?<!\\S)[-/](?=\\w)", Character.toString(dash)))
        .distinct();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The part that does not depend on what stands before and after, at each of three offsets. */
  private static List<String> offsets(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int[] from = {0, 2, 3};
    int[] cut = {0, 3, 2};
    List<String> forms = new ArrayList<>();
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + bytes.length];
      System.arraycopy(bytes, 0, shifted, offset, bytes.length);
      String encoded = base64(shifted);
      forms.add(encoded.substring(from[offset], encoded.length() - cut[shifted.length % 3]));
    }
    return forms;
  }
}
