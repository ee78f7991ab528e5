package io.stridewatch.rule.falco;

import io.stridewatch.rule.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The rules of Falco's files, read in order as one: what a later file defines may change what came
 * before. Rules of other sources are left out with a notice. Give it the files, then ask once. For
 * one thread.
 */
public final class FalcoRules {
  private static final List<String> ITEMS =
      List.of("rule", "macro", "list", "required_engine_version", "required_plugin_versions");
  private static final String SOURCE = "k8s_audit";

  private final FalcoSettings settings;
  private final Lists lists = new Lists();
  private final Macros macros = new Macros();
  private final Map<String, RuleDefinition> definitions = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Fault> notices = new ArrayList<>();
  private final List<Fault> hints = new ArrayList<>();

  /** Begins without rules. */
  public FalcoRules(FalcoSettings settings) {
    this.settings = settings;
  }

  /** Whether a file with these documents is one of Falco's: a list with one of Falco's items. */
  public static boolean isFalcos(List<Node> documents) {
    return documents.stream()
        .filter(SequenceNode.class::isInstance)
        .flatMap(document -> ((SequenceNode) document).getValue().stream())
        .filter(MappingNode.class::isInstance)
        .flatMap(item -> ((MappingNode) item).getValue().stream())
        .map(tuple -> tuple.getKeyNode())
        .anyMatch(key -> key instanceof ScalarNode scalar && ITEMS.contains(scalar.getValue()));
  }

  /** Reads the next file. */
  public void read(String file, List<Node> documents) {
    for (Node document : documents) {
      if (document instanceof SequenceNode items) {
        items.getValue().forEach(item -> read(file, item));
      }
    }
  }

  private void read(String file, Node node) {
    int line = node.getStartMark().getLine() + 1;
    String what = "";
    try {
      Item item = Item.of(file, node);
      what = called(item);
      define(item);
    } catch (RefusedException e) {
      faults.add(new Fault(file, line, what + e.getMessage()));
    }
  }

  private static String called(Item item) {
    for (String kind : List.of("rule", "macro", "list")) {
      if (item.node(kind) instanceof ScalarNode name) {
        return kind + " " + name.getValue() + ": ";
      }
    }
    return "";
  }

  private void define(Item item) {
    if (item.has("rule")) {
      String name = item.needed("rule");
      definitions.put(name, RuleDefinition.of(item, definitions.get(name)));
    } else if (item.has("macro")) {
      macros.define(item);
    } else if (item.has("list")) {
      lists.define(item);
    } else if (item.has("required_engine_version")) {
      Versions.engine(item.needed("required_engine_version"));
    } else if (item.has("required_plugin_versions")) {
      Versions.plugins(item);
    } else {
      notices.add(new Fault(item.file(), item.line(), "Unknown top level item: left out"));
    }
  }

  /** The enabled rules about Kubernetes audit events; what is wrong is known afterwards. */
  public List<FalcoRule> rules() {
    macros.read(lists, (item, what) -> faults.add(new Fault(item.file(), item.line(), what)));
    macros.hints((item, what) -> hints.add(new Fault(item.file(), item.line(), what)));
    lists.hints((item, what) -> hints.add(new Fault(item.file(), item.line(), what)));
    List<FalcoRule> rules = new ArrayList<>();
    for (RuleDefinition definition : definitions.values()) {
      try {
        add(definition, rules);
      } catch (RefusedException e) {
        faults.add(about(definition, e.getMessage()));
      } catch (UnknownFieldException e) {
        if (definition.mayBeSkipped()) {
          String unknown = "skipped, as skip-if-unknown-filter asks: no field " + e.field();
          notices.add(about(definition, unknown));
        } else {
          faults.add(about(definition, e.getMessage()));
        }
      }
    }
    return rules;
  }

  private void add(RuleDefinition definition, List<FalcoRule> rules) {
    if (!definition.source().equals(SOURCE) && !definition.source().equals("syscall")) {
      notices.add(about(definition, "Unknown source " + definition.source() + ", skipping"));
      return;
    }
    Expression own = ConditionParser.read(lists.replaced(definition.condition()));
    Expression expression = macros.resolved(own);
    if (!definition.source().equals(SOURCE)) {
      foreign(definition, expression);
      return;
    }
    FalcoRule rule = definition.rule(Conditions.rule(expression), settings.threats());
    if (definition.isEnabled() && definition.priority().compareTo(settings.least()) <= 0) {
      rules.add(rule);
      definition.hints().forEach(hint -> hints.add(about(definition, hint)));
      Oddities.of(own).forEach(hint -> hints.add(about(definition, hint)));
      lists.hints(definition.condition()).forEach(hint -> hints.add(about(definition, hint)));
      String pods = PodsAlone.hint(expression);
      if (pods != null) {
        hints.add(about(definition, pods));
      }
    }
  }

  /** A rule without source is about system calls, which have none of our fields. */
  private void foreign(RuleDefinition definition, Expression expression) {
    Set<String> fields = new HashSet<>();
    Conditions.fields(expression, fields::add);
    for (String field : fields) {
      if (FieldTable.has(field) && !field.startsWith("evt.")) {
        throw new RefusedException(
            "filter_check called with nonexistent field "
                + field
                + ": the rule is about system calls; add source: k8s_audit");
      }
    }
    notices.add(about(definition, "about system calls (no source: k8s_audit), skipping"));
  }

  private static Fault about(RuleDefinition definition, String message) {
    Item item = definition.item();
    return new Fault(item.file(), item.line(), "rule " + definition.name() + ": " + message);
  }

  /** What could not be read, and Falco would refuse all files for. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** What was left out as Falco leaves it out. */
  public List<Fault> notices() {
    return List.copyOf(notices);
  }

  /** Where Falco's answer is hardly what the author meant, with what to write instead. */
  public List<Fault> hints() {
    return List.copyOf(hints);
  }
}
