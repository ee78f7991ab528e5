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
  private static final String TIMEFRAME = "timeframe";

  /** In the place of what could not be read, so that the rest can. */
  private static final Condition UNREADABLE =
      new Condition.Test("unreadable", Operator.MISSING, false, List.of());

  private final Keys keys;
  private final List<String> others;

  /** {@code others} are keys that are no selections. */
  DetectionReader(Keys keys, String... others) {
    this.keys = keys;
    this.others = List.of(others);
  }

  Detection read(Lists lists) {
    Faults faults = new Faults();
    if (keys.has(TIMEFRAME)) {
      faults.add(
          new UnreadableRuleException(
              keys.line(TIMEFRAME), "'timeframe' is not understood: write a correlation"));
    }
    Map<String, Condition> selections = new LinkedHashMap<>();
    for (String name : names()) {
      selections.put(
          name, faults.read(() -> Selection.of(name, keys.node(name), lists), UNREADABLE));
    }
    Condition condition = faults.read(() -> condition(selections), UNREADABLE);
    faults.end();
    return new Detection(condition, String.join(" or ", texts()), selections);
  }

  private Condition condition(Map<String, Condition> selections) {
    if (!keys.has(CONDITION)) {
      throw noCondition();
    }
    Set<String> used = new LinkedHashSet<>();
    List<Condition> any = new ArrayList<>();
    for (String text : texts()) {
      any.add(ConditionText.read(text, keys.line(CONDITION), selections, used));
    }
    allUsed(used);
    return Condition.any(any);
  }

  private List<String> texts() {
    return Yaml.scalars(keys.node(CONDITION), "'condition'");
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(keys.names());
    names.removeAll(List.of(CONDITION, TIMEFRAME));
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
    Faults faults = new Faults();
    for (String name : names()) {
      if (!name.startsWith("_") && !used.contains(name)) {
        faults.add(unused(name, used));
      }
    }
    faults.end();
  }

  private UnreadableRuleException unused(String name, Set<String> used) {
    String meant =
        Suggestion.isNear(name, used)
            ? Suggestion.of(name, new TreeSet<>(used))
            : "the condition does not name it";
    return new UnreadableRuleException(
        keys.line(name), "unknown key '" + name + "' in " + keys.what() + ": " + meant);
  }
}
