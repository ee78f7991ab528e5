package io.stridewatch.rule;

import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Group;
import io.stridewatch.rule.Logic.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a Sigma correlation (Sigma correlation rules specification 2.1). Ours beside it is {@code
 * link: scopes}: its records may be of any scopes.
 */
final class CorrelationReader {
  private static final List<String> KEYS =
      List.of(
          "type",
          "rules",
          "group-by",
          "timespan",
          "condition",
          "aliases",
          "generate",
          "epl",
          "link");

  /** What may be linked: records of several scopes. */
  private static final String SCOPES = "scopes";

  private static final int MOST = 64;
  private final Keys keys;

  CorrelationReader(Node node) {
    this.keys = new Keys(node, "correlation");
  }

  /** What it calls the rules that it is made of. */
  List<String> named() {
    return keys.texts("rules");
  }

  /** Of rules that were read before. */
  Correlation read(List<Rule> known) {
    Faults faults = new Faults();
    faults.check(() -> keys.only(KEYS));
    Kind kind = faults.read(this::kind, null);
    List<Rule> rules = faults.read(() -> rules(known), List.of());
    Duration timespan = faults.read(this::timespan, null);
    boolean generate = faults.read(() -> keys.isTrue("generate"), false);
    boolean linked = faults.read(this::isLinked, false);
    faults.end(); // What follows asks these.
    EplExpression epl = faults.read(() -> epl(kind, rules), null);
    boolean byEpl = kind == Kind.EPL || keys.has("epl");
    Judged judged =
        faults.read(() -> byEpl ? Judged.NOTHING : Judged.of(keys, kind, rules), Judged.NOTHING);
    List<Group> groups = faults.read(() -> groups(rules), List.of());
    faults.end();
    return new Correlation(
        kind,
        rules,
        groups,
        timespan,
        judged.threshold(),
        judged.presence(),
        judged.unless(),
        generate,
        epl,
        linked);
  }

  private Duration timespan() {
    return Timespan.of(Yaml.scalar(keys.needed("timespan"), "'timespan'"), keys.line("timespan"));
  }

  private EplExpression epl(Kind kind, List<Rule> rules) {
    if (kind == Kind.EPL && !keys.has("condition")) {
      String text = Yaml.scalar(keys.needed("epl"), "'epl'");
      return EplReader.ofWindow(text, keys.line("epl"), rules);
    }
    if (kind == Kind.EPL || keys.has("epl")) {
      throw new UnreadableRuleException(
          keys.line(kind == Kind.EPL ? "condition" : "epl"),
          "'epl' stands in the place of 'condition', under type: epl");
    }
    return null;
  }

  private boolean isLinked() {
    if (!keys.has("link")) {
      return false;
    }
    if (!keys.text("link").equals(SCOPES)) {
      throw new UnreadableRuleException(keys.line("link"), "link: write 'scopes', or leave it out");
    }
    if (keys.texts("group-by").isEmpty()) {
      throw new UnreadableRuleException(
          keys.line("link"),
          "link: records of several scopes need something in common: add 'group-by'");
    }
    return true;
  }

  private Kind kind() {
    String type = Yaml.scalar(keys.needed("type"), "'type'");
    List<String> labels = Arrays.stream(Kind.values()).map(Kind::label).toList();
    int at = labels.indexOf(type);
    if (at < 0) {
      throw new UnreadableRuleException(
          keys.line("type"),
          "no correlation is of type '" + type + "': " + Suggestion.of(type, labels));
    }
    return Kind.values()[at];
  }

  private List<Rule> rules(List<Rule> known) {
    List<Rule> rules = new ArrayList<>();
    Faults faults = new Faults();
    for (String called : Yaml.scalars(keys.needed("rules"), "'rules'")) {
      rules.add(faults.read(() -> rule(called, known), null));
    }
    faults.end();
    if (rules.isEmpty() || rules.size() > MOST) {
      throw new UnreadableRuleException(
          keys.line("rules"), "rules names " + rules.size() + ": name 1 to " + MOST);
    }
    return rules;
  }

  private Rule rule(String called, List<Rule> known) {
    TreeSet<String> names = new TreeSet<>();
    for (Rule rule : known) {
      if (rule.isCalled(called)) {
        return speakingOfOneScope(rule);
      }
      names.add(rule.name().isEmpty() ? rule.id() : rule.name());
    }
    throw new UnreadableRuleException(
        keys.line("rules"), "no rule is called '" + called + "': " + Suggestion.of(called, names));
  }

  private Rule speakingOfOneScope(Rule rule) {
    if (rule.isLinked()) {
      throw new UnreadableRuleException(
          keys.line("rules"),
          "'" + rule.id() + "' links scopes, and no correlation can be made of such a rule");
    }
    return rule;
  }

  private List<Group> groups(List<Rule> rules) {
    List<Group> groups = new ArrayList<>();
    Keys aliases = keys.has("aliases") ? new Keys(keys.node("aliases"), "aliases") : null;
    for (String name : keys.texts("group-by")) {
      boolean alias = aliases != null && aliases.has(name);
      groups.add(
          new Group(
              name,
              alias
                  ? fields(new Keys(aliases.node(name), "alias '" + name + "'"), rules)
                  : rules.stream().map(rule -> name).toList()));
    }
    return groups;
  }

  /** What an alias is called in each rule's records. */
  private static List<String> fields(Keys alias, List<Rule> rules) {
    for (String called : alias.names()) {
      if (rules.stream().noneMatch(rule -> rule.isCalled(called))) {
        throw new UnreadableRuleException(
            alias.line(called),
            "'" + called + "' in " + alias.what() + " is no rule of this correlation");
      }
    }
    List<String> fields = new ArrayList<>();
    for (Rule rule : rules) {
      fields.add(
          alias.names().stream()
              .filter(rule::isCalled)
              .findFirst()
              .map(alias::text)
              .orElseThrow(() -> incomplete(alias, rule)));
    }
    return fields;
  }

  private static UnreadableRuleException incomplete(Keys alias, Rule rule) {
    return new UnreadableRuleException(
        alias.line(), alias.what() + " names no field of rule '" + rule.id() + "': add it");
  }
}
