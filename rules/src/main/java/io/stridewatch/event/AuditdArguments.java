package io.stridewatch.event;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of an execve, put together from the pieces of all its EXECVE records: {@code
 * a1[0]=} and on, quoted or in hex, may lie in several records and may cut a character in two, so
 * bytes are joined first. A piece that is missing leaves its argument short, never moves another.
 */
final class AuditdArguments {
  private final List<String> numbers = new ArrayList<>();
  private final List<ByteArrayOutputStream> values = new ArrayList<>();

  /** Whether a field is an argument: {@code a} and digits. */
  static boolean names(String field) {
    int length = field.length();
    if (length < 2 || length > 8 || field.charAt(0) != 'a') {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if (field.charAt(i) < '0' || field.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Adds the arguments and pieces of one record. */
  void add(AuditdRecord record) {
    AuditdTokens tokens = record.tokens();
    byte[] raw = record.raw();
    for (int i = 0; i < tokens.count(); i++) {
      int from = tokens.nameFrom(i);
      int end = from + 1;
      while (raw[end] >= '0' && raw[end] <= '9') {
        end++;
      }
      if (raw[from] == 'a' && end > from + 1 && (raw[end] == '=' || raw[end] == '[')) {
        add(AuditdText.text(raw, from, end), raw[end] == '[', bytes(raw, tokens, i));
      }
    }
  }

  private static byte[] bytes(byte[] raw, AuditdTokens tokens, int index) {
    int from = tokens.from(index);
    int to = tokens.to(index);
    return !tokens.quoted(index) && AuditdText.hex(raw, from, to)
        ? AuditdText.unhex(raw, from, to)
        : Arrays.copyOfRange(raw, from, to);
  }

  private void add(String number, boolean piece, byte[] bytes) {
    int last = numbers.size() - 1;
    if (!piece || last < 0 || !numbers.get(last).equals(number)) {
      numbers.add(number);
      values.add(new ByteArrayOutputStream(bytes.length));
    }
    values.get(values.size() - 1).writeBytes(bytes);
  }

  /** The argument of that name; no value when it was not recorded. */
  List<String> argument(String name) {
    int index = numbers.indexOf(name);
    return index < 0 ? List.of() : List.of(text(index));
  }

  /** All arguments in order. */
  List<String> all() {
    List<String> all = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      all.add(text(i));
    }
    return all;
  }

  private String text(int index) {
    byte[] value = values.get(index).toByteArray();
    return AuditdText.text(value, 0, value.length);
  }
}
