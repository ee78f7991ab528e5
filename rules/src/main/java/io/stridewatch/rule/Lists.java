package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Lists of values that stand in files of their own: {@code list: name} and {@code values: [...]}.
 * Rules take them by {@code field|expand: '%name%'} (specification 2.1, "Placeholders"). A list
 * read later replaces one of its name, or adds to it by {@code append: true}. Bound: 100,000 forms
 * of one value.
 */
final class Lists {
  private static final List<String> KEYS =
      List.of("list", "values", "append", "title", "description", "author", "references", "date");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\\\%|%([^%\\s]+)%");
  private static final int MOST = 100_000;
  private final Map<String, Set<String>> lists = new HashMap<>();

  /** Whether a document is a list. */
  static boolean isList(Keys keys) {
    return keys.has("list");
  }

  /** Adds a list. */
  void read(Node document) {
    Keys keys = new Keys(document, "the list").only(KEYS);
    List<String> values = Yaml.scalars(keys.needed("values"), "'values'");
    Set<String> list =
        lists.computeIfAbsent(
            Yaml.scalar(keys.needed("list"), "'list'"), n -> new LinkedHashSet<>());
    if (!keys.isTrue("append")) {
      list.clear();
    }
    list.addAll(values);
  }

  /** The value with each placeholder replaced by each value of its list. */
  List<String> expanded(String value, int line) {
    List<String> forms = List.of("");
    Matcher matcher = PLACEHOLDER.matcher(value);
    int from = 0;
    while (matcher.find()) {
      String before = value.substring(from, matcher.start());
      Set<String> values = matcher.group(1) == null ? Set.of("%") : values(matcher.group(1), line);
      forms = joined(forms, before, values, line);
      from = matcher.end();
    }
    return joined(forms, value.substring(from), Set.of(""), line);
  }

  private static List<String> joined(
      List<String> forms, String text, Set<String> values, int line) {
    if ((long) forms.size() * values.size() > MOST) {
      throw new UnreadableRuleException(
          line, "expand: more than " + MOST + " forms: use fewer lists");
    }
    List<String> joined = new ArrayList<>();
    forms.forEach(form -> values.forEach(value -> joined.add(form + text + value)));
    return joined;
  }

  private Set<String> values(String name, int line) {
    Set<String> values = lists.get(name);
    if (values == null) {
      throw new UnreadableRuleException(
          line,
          "no list is called '"
              + name
              + "': "
              + (Suggestion.isNear(name, lists.keySet())
                  ? Suggestion.of(name, new TreeSet<>(lists.keySet()))
                  : "write a file with 'list: " + name + "' and 'values: [...]'"));
    }
    return values;
  }
}
