package io.stridewatch.rule.falco;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Which keys of an item join what was defined before, and which take its place. */
record Merge(Set<String> appended, Set<String> replaced) {

  /**
   * Of an item of that kind ({@code rule}, {@code macro}, {@code list}); without an override both
   * are empty.
   */
  static Merge of(Item item, String kind, List<String> appendable, List<String> replaceable) {
    Merge override = new Merge(new HashSet<>(), new HashSet<>());
    boolean append = item.flag("append", false);
    Node node = item.node("override");
    if (node != null && append) {
      throw new RefusedException(
          "Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g."
              + " 'condition: append') under 'override' instead.");
    }
    if (append) {
      appendable.stream().filter(item::has).forEach(override.appended::add);
    } else if (node != null) {
      Item entries = Item.of(item.file(), (MappingNode) mapping(node));
      entries
          .keys()
          .forEach(key -> override.add(key, entries.needed(key), appendable, replaceable));
      override.check(item, kind);
    }
    return override;
  }

  private static Node mapping(Node node) {
    if (node instanceof MappingNode) {
      return node;
    }
    throw new RefusedException("'override' must be a map: write key: append or key: replace");
  }

  private void add(String key, String how, List<String> appendable, List<String> replaceable) {
    if (how.equals("append")) {
      allowed(appendable.contains(key), key, "appended to");
      appended.add(key);
    } else if (how.equals("replace")) {
      allowed(replaceable.contains(key), key, "replaced");
      replaced.add(key);
    } else {
      throw new RefusedException(
          "Invalid override operation for key '" + key + "': '" + how + "': use append or replace");
    }
  }

  private static void allowed(boolean allowed, String key, String done) {
    if (!allowed) {
      throw new RefusedException(
          "Key '" + key + "' cannot be " + done + ": define the whole again instead");
    }
  }

  private void check(Item item, String kind) {
    appended.forEach(key -> defined(item, key, "An append"));
    replaced.forEach(key -> defined(item, key, "A replace"));
    for (String key : item.keys()) {
      if (!key.equals(kind) && !key.equals("override") && !has(key)) {
        throw new RefusedException(
            "Unexpected key '"
                + key
                + "': no corresponding entry under 'override' is defined: add one");
      }
    }
  }

  private static void defined(Item item, String key, String which) {
    if (!item.has(key)) {
      throw new RefusedException(
          (which + " override for '" + key + "' was specified but '" + key + "' is not defined: ")
              + "add its value");
    }
  }

  boolean has(String key) {
    return appended.contains(key) || replaced.contains(key);
  }

  boolean isEmpty() {
    return appended.isEmpty() && replaced.isEmpty();
  }
}
