package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/**
 * One of {@link FalcoFields} with its argument, or functions of them as Falco's rules write them:
 * {@code tolower(ka.user.name)}, {@code join(",", ka.user.groups)}. Beside Falco's own there are
 * {@code shown} (the text that an output has for it) and comparisons of two fields ({@code
 * contains(a, b)}: {@code true}, {@code false}, or nothing when one is missing). Each is read once,
 * and as many are kept as the rules have.
 */
final class FalcoExpression {
  private static final Map<String, Optional<Part>> KNOWN = new ConcurrentHashMap<>();
  private static final Map<String, BiPredicate<String, String>> COMPARISONS =
      Map.of(
          "contains", String::contains,
          "startswith", String::startsWith,
          "endswith", String::endsWith,
          "below", (a, b) -> compare(a, b) < 0,
          "above", (a, b) -> compare(a, b) > 0);

  private final String text;
  private int at;

  private FalcoExpression(String text) {
    this.text = text;
  }

  /** What gives values for an event. */
  private interface Part {
    List<String> of(KubernetesEvent event, Json json);

    default boolean isList() {
      return false;
    }
  }

  private record ListPart(Part part) implements Part {
    @Override
    public List<String> of(KubernetesEvent event, Json json) {
      return part.of(event, json);
    }

    @Override
    public boolean isList() {
      return true;
    }
  }

  /** The values of a field that is one of these. */
  static List<String> values(String field, KubernetesEvent event, Json json) {
    return known(field).orElseThrow().of(event, json);
  }

  static boolean isOne(String field) {
    return known(field).isPresent();
  }

  private static Optional<Part> known(String field) {
    Optional<Part> known = KNOWN.get(field); // without a lock, as the next call may take one
    return known != null
        ? known
        : KNOWN.computeIfAbsent(field, name -> Optional.ofNullable(read(name)));
  }

  private static Part read(String field) {
    boolean plain = FalcoFields.field(field.split("\\[", 2)[0]) != null;
    if (!plain && !(field.endsWith(")") && field.indexOf('(') > 0)) {
      return null;
    }
    FalcoExpression expression = new FalcoExpression(field);
    Part part = expression.part();
    return expression.at == field.length() ? part : null;
  }

  private Part part() {
    if (at < text.length() && text.charAt(at) == '"') {
      List<String> literal = List.of(literal());
      return (event, json) -> literal;
    }
    int from = at;
    while (at < text.length() && "[](),".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(from, at);
    if (at < text.length() && text.charAt(at) == '(') {
      return function(name);
    }
    return field(name);
  }

  private Part field(String name) {
    String argument = "";
    if (at < text.length() && text.charAt(at) == '[') {
      int end = text.indexOf(']', at);
      argument = end < 0 ? "" : text.substring(at + 1, end);
      at = end < 0 ? text.length() : end + 1;
    }
    FalcoFields.Field known = FalcoFields.field(name);
    if (known == null) {
      return null;
    }
    FalcoFields.Reading reading = known.with(argument);
    Part part = reading::of;
    return FalcoFields.isList(name) ? new ListPart(part) : part;
  }

  private String literal() {
    StringBuilder out = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      at += text.charAt(at) == '\\' ? 1 : 0;
      out.append(text.charAt(at));
    }
    at++;
    return out.toString();
  }

  private Part function(String name) {
    List<Part> parts = new ArrayList<>();
    at++;
    while (at < text.length() && text.charAt(at) != ')') {
      Part part = part();
      if (part == null) {
        return null;
      }
      parts.add(part);
      at += at < text.length() && text.charAt(at) == ',' ? 1 : 0;
    }
    at++;
    return applied(name, parts);
  }

  private static Part applied(String name, List<Part> parts) {
    if (COMPARISONS.containsKey(name) && parts.size() == 2) {
      return compared(COMPARISONS.get(name), parts.get(0), parts.get(1));
    }
    switch (name) {
      case "concat":
        return (event, json) ->
            joined("", parts.stream().map(part -> part.of(event, json)).toList());
      case "join":
        return (event, json) -> {
          List<String> values = parts.get(1).of(event, json);
          List<String> glue = parts.get(0).of(event, json);
          return values.isEmpty() ? values : List.of(String.join(glue.get(0), values));
        };
      case "lbrace":
        return (event, json) -> List.of("{");
      case "rbrace":
        return (event, json) -> List.of("}");
      default:
        return parts.size() == 1 ? of(name, parts.get(0)) : null;
    }
  }

  private static List<String> joined(String glue, List<List<String>> values) {
    if (values.stream().anyMatch(List::isEmpty)) {
      return List.of();
    }
    return List.of(String.join(glue, values.stream().map(some -> some.get(0)).toList()));
  }

  private static Part compared(BiPredicate<String, String> holds, Part left, Part right) {
    return (event, json) -> {
      List<String> a = left.of(event, json);
      List<String> b = right.of(event, json);
      return a.isEmpty() || b.isEmpty()
          ? List.of()
          : List.of(String.valueOf(holds.test(a.get(0), b.get(0))));
    };
  }

  private static Part of(String name, Part part) {
    if (name.equals("shown")) {
      return (event, json) -> List.of(shown(part.of(event, json), part.isList()));
    }
    if (part.isList()) {
      return name.equals("len")
          ? (event, json) -> count(part.of(event, json))
          : new ListPart((event, json) -> List.of());
    }
    return (event, json) -> {
      List<String> values = part.of(event, json);
      return values.isEmpty() ? values : transformed(name, values.get(0));
    };
  }

  private static List<String> count(List<String> values) {
    return values.isEmpty() ? values : List.of(Integer.toString(values.size()));
  }

  private static List<String> transformed(String name, String value) {
    switch (name) {
      case "tolower":
        return List.of(folded(value, 'A', 32));
      case "toupper":
        return List.of(folded(value, 'a', -32));
      case "basename":
        return List.of(value.substring(value.lastIndexOf('/') + 1));
      case "len":
        return List.of(Integer.toString(value.getBytes(StandardCharsets.UTF_8).length));
      case "b64":
        return decoded(value);
      default:
        return List.of();
    }
  }

  /** ASCII letters alone. */
  private static String folded(String value, char first, int by) {
    StringBuilder folded = new StringBuilder(value);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= first && c < first + 26) {
        folded.setCharAt(i, (char) (c + by));
      }
    }
    return folded.toString();
  }

  private static List<String> decoded(String value) {
    try {
      byte[] bytes = Base64.getDecoder().decode(value);
      return List.of(JsonText.upToNul(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static String shown(List<String> values, boolean list) {
    if (values.isEmpty()) {
      return "<NA>";
    }
    return list ? "(" + String.join(",", values) + ")" : values.get(0);
  }

  /** In the order of UTF-8's bytes. */
  private static int compare(String a, String b) {
    return java.util.Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
