package io.stridewatch.rule;

import io.stridewatch.rule.Logic.Detection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads selections and the condition over them (specification 2.1, "Detection"). */
final class DetectionReader {
  private static final String CONDITION = "condition";
  private final Keys keys;
  private final List<String> others;

  /** {@code others} are keys that are no selections. */
  DetectionReader(Keys keys, String... others) {
    this.keys = keys;
    this.others = List.of(others);
  }

  Detection read(Lists lists) {
    if (keys.has("timeframe")) {
      throw new UnreadableRuleException(
          keys.line("timeframe"), "'timeframe' is not understood: write a correlation");
    }
    if (!keys.has(CONDITION)) {
      throw noCondition();
    }
    Map<String, Condition> selections = new LinkedHashMap<>();
    for (String name : names()) {
      selections.put(name, Selection.of(name, keys.node(name), lists));
    }
    Set<String> used = new LinkedHashSet<>();
    List<Condition> any = new ArrayList<>();
    List<String> texts = Yaml.scalars(keys.node(CONDITION), "'condition'");
    for (String text : texts) {
      any.add(ConditionText.read(text, keys.line(CONDITION), selections, used));
    }
    allUsed(used);
    return new Detection(Condition.any(any), String.join(" or ", texts), selections);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(keys.names());
    names.remove(CONDITION);
    names.removeAll(others);
    return names;
  }

  private UnreadableRuleException noCondition() {
    for (String name : keys.names()) {
      if (Suggestion.isNear(name, List.of(CONDITION))) {
        return new UnreadableRuleException(
            keys.line(name),
            "unknown key '" + name + "' in " + keys.what() + ": did you mean 'condition'?");
      }
    }
    return new UnreadableRuleException(
        keys.line(), keys.what() + " has no 'condition': add it, such as 'condition: selection'");
  }

  /** A selection that no condition names is mostly a slip. */
  private void allUsed(Set<String> used) {
    for (String name : names()) {
      if (!name.startsWith("_") && !used.contains(name)) {
        String meant =
            Suggestion.isNear(name, used) ? Suggestion.of(name, new TreeSet<>(used)) : "";
        throw new UnreadableRuleException(
            keys.line(name),
            "unknown key '"
                + name
                + "' in "
                + keys.what()
                + ": "
                + (meant.isEmpty() ? "the condition does not name it" : meant));
      }
    }
  }
}
