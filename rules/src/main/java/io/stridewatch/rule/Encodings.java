package io.stridewatch.rule;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The modifiers that turn one value into the forms in which it may stand in a record (Sigma
 * modifiers appendix 2.1, "String Modifiers"): each takes bytes and gives bytes.
 */
final class Encodings {
  private static final Map<String, Charset> WIDE =
      Map.of(
          "wide", StandardCharsets.UTF_16LE,
          "utf16le", StandardCharsets.UTF_16LE,
          "utf16be", StandardCharsets.UTF_16BE,
          "utf16", StandardCharsets.UTF_16LE);

  /** Comes before the others, for it alone leaves wildcards be: {@link Dashes}. */
  static final String WINDASH = "windash";

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xff, (byte) 0xfe};

  private Encodings() {}

  /** Whether it is such a modifier. */
  static boolean isKnown(String word) {
    return WIDE.containsKey(word) || List.of("base64", "base64offset", WINDASH).contains(word);
  }

  /** The forms of a text after these modifiers, one after another, as text again. */
  static List<String> of(List<String> transformations, String plain) {
    List<byte[]> forms = List.of(plain.getBytes(StandardCharsets.UTF_8));
    for (String each : transformations) {
      forms = forms.stream().flatMap(form -> of(each, form)).toList();
    }
    Set<String> texts = new LinkedHashSet<>();
    forms.forEach(form -> texts.addAll(texts(form)));
    return List.copyOf(texts);
  }

  private static Stream<byte[]> of(String transformation, byte[] value) {
    return switch (transformation) {
      case "base64" -> Stream.of(base64(value));
      case "base64offset" -> offsets(value).stream();
      default -> Stream.of(wide(transformation, value));
    };
  }

  private static byte[] wide(String name, byte[] value) {
    byte[] wide = new String(value, StandardCharsets.UTF_8).getBytes(WIDE.get(name));
    return name.equals("utf16") ? joined(BYTE_ORDER_MARK, wide) : wide;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = new byte[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static byte[] base64(byte[] bytes) {
    return Base64.getEncoder().encode(bytes);
  }

  /** The part that does not depend on what stands before and after, at each of three offsets. */
  private static List<byte[]> offsets(byte[] bytes) {
    int[] from = {0, 2, 3};
    int[] cut = {0, 3, 2};
    List<byte[]> forms = new ArrayList<>();
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = joined(new byte[offset], bytes);
      String encoded = new String(base64(shifted), StandardCharsets.US_ASCII);
      String part = encoded.substring(from[offset], encoded.length() - cut[shifted.length % 3]);
      forms.add(part.getBytes(StandardCharsets.US_ASCII));
    }
    return forms;
  }

  /** As JSON has it, and as an auditd field has it: control bytes and no UTF-8 as {@code \xHH}. */
  private static Set<String> texts(byte[] form) {
    Set<String> texts = new LinkedHashSet<>();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(form)).toString();
      texts.add(text);
      texts.add(spelled(text, 0xffff));
    } catch (CharacterCodingException e) {
      texts.add(spelled(new String(form, StandardCharsets.ISO_8859_1), 0x7f));
    }
    return texts;
  }

  private static String spelled(String text, int last) {
    StringBuilder spelled = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean escaped = c < 0x20 || c == 0x7f || c > last;
      spelled.append(escaped ? "\\x%02x".formatted((int) c) : Character.toString(c));
    }
    return spelled.toString();
  }
}
