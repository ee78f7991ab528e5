package io.stridewatch.rule.falco;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** A rule while files are read: what later items say changes it. */
final class RuleDefinition {
  private static final List<String> APPENDABLE =
      List.of("condition", "output", "desc", "tags", "exceptions");
  private static final List<String> REPLACEABLE =
      List.of(
          "condition",
          "output",
          "desc",
          "tags",
          "exceptions",
          "priority",
          "enabled",
          "capture",
          "capture_duration",
          "warn_evttypes",
          "skip-if-unknown-filter");

  private final String name;
  private final Item item;
  private final String source;
  private String condition;
  private String output;
  private String description;
  private Priority priority;
  private List<String> tags;
  private List<RuleException> exceptions;
  private final List<String> hints = new ArrayList<>();
  private boolean enabled;
  private boolean skip;

  private RuleDefinition(String name, Item item) {
    this.name = name;
    this.item = item;
    this.condition = item.needed("condition");
    this.output = item.needed("output");
    this.description = item.needed("desc");
    this.priority = priority(item);
    this.source = item.text("source", "syscall");
    this.tags = item.texts("tags");
    this.exceptions = added(List.of(), item);
    this.enabled = item.flag("enabled", true);
    this.skip = item.flag("skip-if-unknown-filter", false);
  }

  /** What an item makes of the rule that was there before, or null. */
  static RuleDefinition of(Item item, RuleDefinition before) {
    String name = item.needed("rule");
    Merge override = Merge.of(item, "rule", APPENDABLE, REPLACEABLE);
    if (item.flag("append", false) && !item.has("condition") && !item.has("exceptions")) {
      throw new RefusedException(
          "Appended rule must have exceptions or condition property: add it");
    }
    if (!override.isEmpty()) {
      existing(before, override.appended().isEmpty());
      before.change(item, override);
      return before;
    }
    boolean bare = item.has("enabled") && !item.has("condition") && !item.has("output");
    if (bare && before != null) {
      before.enabled = item.flag("enabled", true);
      return before;
    }
    return new RuleDefinition(name, item);
  }

  private static void existing(RuleDefinition before, boolean replacing) {
    if (before == null) {
      String uses =
          replacing
              ? "An 'override.<key>: replace' entry was found"
              : "Rule uses 'append' or 'override.<key>: append'";
      throw new RefusedException(
          uses
              + " but no rule by that name already exists: define it before, in this file or one"
              + " before it");
    }
  }

  private void change(Item change, Merge override) {
    override.replaced().forEach(key -> replace(key, change));
    override.appended().forEach(key -> append(key, change));
  }

  private void replace(String key, Item change) {
    switch (key) {
      case "condition" -> condition = change.needed(key);
      case "output" -> output = change.needed(key);
      case "desc" -> description = change.needed(key);
      case "priority" -> priority = priority(change);
      case "tags" -> tags = change.texts(key);
      case "exceptions" -> exceptions = added(List.of(), change);
      case "enabled" -> enabled = change.flag(key, true);
      case "skip-if-unknown-filter" -> skip = change.flag(key, false);
      default -> {
        // capture and warn_evttypes mean nothing for audit events
      }
    }
  }

  private void append(String key, Item change) {
    switch (key) {
      case "condition" -> {
        String hint = Oddities.appended(condition, change.needed(key));
        if (hint != null) {
          hints.add(hint);
        }
        condition += " " + change.needed(key);
      }
      case "output" -> output += " " + change.needed(key);
      case "desc" -> description += " " + change.needed(key);
      case "tags" -> {
        List<String> joined = new ArrayList<>(tags);
        change.texts(key).stream().filter(tag -> !joined.contains(tag)).forEach(joined::add);
        tags = joined;
      }
      default -> exceptions = added(exceptions, change);
    }
  }

  private static List<RuleException> added(List<RuleException> before, Item item) {
    List<RuleException> all = new ArrayList<>(before);
    if (!item.has("exceptions")) {
      return all;
    }
    for (Node node : Item.nodes(item.node("exceptions"), "exceptions")) {
      Item exception = Item.of(item.file(), node);
      String name = exception.needed("name");
      int at = 0;
      while (at < all.size() && !all.get(at).name().equals(name)) {
        at++;
      }
      if (at == all.size()) {
        all.add(RuleException.of(exception));
      } else if (exception.has("fields") || exception.has("comps")) {
        throw new RefusedException(
            "Can not append exception fields to existing exception, only values: " + name);
      } else {
        all.set(at, all.get(at).with(RuleException.values(exception)));
      }
    }
    return all;
  }

  private static Priority priority(Item item) {
    try {
      return Priority.of(item.needed("priority"));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }

  /** The condition with its exceptions. */
  String condition() {
    List<String> texts =
        exceptions.stream().map(RuleException::text).filter(text -> !text.isEmpty()).toList();
    StringBuilder whole = new StringBuilder(condition.strip());
    if (!texts.isEmpty()) {
      whole.insert(0, '(').append(')');
      texts.forEach(text -> whole.append(" and not (").append(text).append(')'));
    }
    return whole.toString();
  }

  String name() {
    return name;
  }

  Item item() {
    return item;
  }

  String source() {
    return source;
  }

  boolean isEnabled() {
    return enabled;
  }

  /** Where what was appended changed its meaning. */
  List<String> hints() {
    return hints;
  }

  Priority priority() {
    return priority;
  }

  /** Whether it is left out, without a fault, when it names a field that is not known. */
  boolean mayBeSkipped() {
    return skip;
  }

  FalcoRule rule(io.stridewatch.rule.Condition judged, ThreatTable threats) {
    ThreatTable.Threat threat = threats.of(name);
    return new FalcoRule(
        name,
        description.strip(),
        priority,
        threat.stride(),
        threat.threats(),
        tags,
        judged,
        Output.read(output.strip(), priority),
        item.file(),
        item.line());
  }
}
