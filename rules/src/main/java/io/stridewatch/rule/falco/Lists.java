package io.stridewatch.rule.falco;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Lists of texts. Their names are replaced as text wherever they stand between blanks, brackets,
 * commas and equals signs, as Falco does it: in quoted texts, too.
 */
final class Lists {
  private static final String BOUNDS = " \t\r\n(),=";
  private static final List<String> ITEMS = List.of("items");
  private final Map<String, List<String>> lists = new LinkedHashMap<>();
  private final Map<Item, String> odd = new LinkedHashMap<>();
  private Map<String, String> texts;

  void define(Item item) {
    String name = item.needed("list");
    Merge override = Merge.of(item, "list", ITEMS, ITEMS);
    boolean append = item.flag("append", false) || !override.appended().isEmpty();
    if (!item.has("items")) {
      throw new RefusedException("Item has no mapping for key 'items': add it");
    }
    if ((append || !override.isEmpty()) && !lists.containsKey(name)) {
      throw new RefusedException(
          "List uses 'append' or 'override.items: append' but no list by that name already exists:"
              + " define it before");
    }
    List<String> items = append ? new ArrayList<>(lists.get(name)) : new ArrayList<>();
    items.addAll(item.texts("items"));
    lists.put(name, items);
    Oddities.ofItems(item.texts("items"))
        .forEach(hint -> odd.merge(item, "list " + name + ": " + hint, (a, b) -> a + "; " + b));
  }

  /** Hands over where a list says hardly what its author meant. */
  void hints(BiConsumer<Item, String> hints) {
    odd.forEach(hints);
  }

  /** Where a condition names a list in a place that hardly means it. */
  List<String> hints(String condition) {
    return ListNames.odd(condition, lists.keySet());
  }

  /** The condition with all names replaced. */
  String replaced(String condition) {
    if (texts == null) {
      texts = new LinkedHashMap<>();
      lists
          .keySet()
          .forEach(name -> texts.put(name, String.join(", ", items(name, new HashSet<>()))));
    }
    String replaced = condition;
    for (Map.Entry<String, String> list : texts.entrySet()) {
      replaced = replaced(replaced, list.getKey(), list.getValue());
    }
    return replaced;
  }

  private List<String> items(String name, Set<String> within) {
    List<String> items = new ArrayList<>();
    within.add(name);
    for (String item : lists.get(name)) {
      if (lists.containsKey(item) && !within.contains(item)) {
        items.addAll(items(item, within));
      } else {
        items.add(quoted(item));
      }
    }
    within.remove(name);
    return items;
  }

  private static String quoted(String item) {
    boolean quoted = item.startsWith("\"") || item.startsWith("'");
    return quoted || !item.contains(" ") ? item : '"' + item + '"';
  }

  private static String replaced(String condition, String name, String items) {
    if (name.isEmpty() || !condition.contains(name)) {
      return condition;
    }
    StringBuilder out = new StringBuilder(condition);
    int at = out.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      if (isBound(out, at - 1) && isBound(out, end)) {
        out.replace(at, end, items);
        end = items.isEmpty() ? withoutComma(out, at) : at + items.length();
      }
      at = out.indexOf(name, end);
    }
    return out.toString();
  }

  /** Whether a name ends or begins there. */
  static boolean isBound(CharSequence text, int at) {
    return at < 0 || at >= text.length() || BOUNDS.indexOf(text.charAt(at)) >= 0;
  }

  /** An empty list takes the comma before it with it, or else the one behind it. */
  private static int withoutComma(StringBuilder text, int at) {
    int before = at - 1;
    while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    if (before >= 0 && text.charAt(before) == ',') {
      text.deleteCharAt(before);
      return before;
    }
    int behind = at;
    while (behind < text.length() && Character.isWhitespace(text.charAt(behind))) {
      behind++;
    }
    if (behind < text.length() && text.charAt(behind) == ',') {
      text.deleteCharAt(behind);
    }
    return at;
  }
}
