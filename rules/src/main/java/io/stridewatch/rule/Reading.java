package io.stridewatch.rule;

import io.stridewatch.Source;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.falco.FalcoOutput;
import io.stridewatch.rule.falco.FalcoRule;
import io.stridewatch.rule.falco.FalcoRules;
import io.stridewatch.rule.falco.FalcoSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads files one after another, and what is in them together: lists first, for rules take their
 * values; correlations and filters last, for they may name rules of any file. Falco's files are
 * told by their content, and are one together.
 */
final class Reading {
  private final List<RuleReader> documents = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final Lists lists = new Lists();
  private final FalcoSettings falco;
  private final FalcoRules falcos;
  private final List<Fault> faults;
  private final List<Fault> ignored = new ArrayList<>();
  private final List<String> firsts = new ArrayList<>();
  private final Map<String, FalcoOutput> outputs = new HashMap<>();

  /** Adds to the faults found so far. */
  Reading(List<Fault> faults, FalcoSettings falco) {
    this.faults = new ArrayList<>(faults);
    this.falco = falco;
    this.falcos = new FalcoRules(falco);
  }

  void read(RuleFile file) {
    files.add(file.name());
    guarded(file.name(), () -> documents(file));
  }

  private void documents(RuleFile file) {
    List<Node> nodes = Yaml.documents(file.bytes());
    if (nodes.stream().allMatch(Yaml::isNull)) {
      throw new UnreadableRuleException(0, "no rule in it: it is empty");
    }
    if (FalcoRules.isFalcos(nodes)) {
      falcos.read(file.name(), nodes);
      return;
    }
    List<Node> whole = new Documents().whole(nodes);
    for (int i = 0; i < whole.size(); i++) {
      Node node = whole.get(i);
      String unnamed = file.stem(i);
      if (node != null) {
        guarded(file.name(), () -> document(new RuleReader(node, file.name(), unnamed), node));
      }
    }
  }

  private void document(RuleReader reader, Node node) {
    String foreign = reader.foreign();
    if (reader.isList()) {
      lists.read(node);
    } else if (foreign != null && !reader.isCorrelation()) {
      String message = "left out: log source '" + foreign + "' is none that stridewatch reads";
      ignored.add(new Fault(reader.file(), reader.line(), message));
    } else {
      reader.named();
      documents.add(reader);
    }
  }

  private void guarded(String file, Runnable reading) {
    try {
      reading.run();
    } catch (UnreadableRuleException e) {
      e.all().forEach(each -> faults.add(new Fault(file, each.line(), each.getMessage())));
    }
  }

  private void guarded(RuleReader reader, Consumer<RuleReader> reading) {
    guarded(reader.file(), () -> reading.accept(reader));
  }

  /** All rules, correlations among them. */
  List<Rule> rules() {
    List<Rule> detections = new ArrayList<>();
    List<Filter> filters = new ArrayList<>();
    List<RuleReader> correlating = new ArrayList<>();
    for (RuleReader each : documents) {
      if (each.isCorrelation()) {
        correlating.add(each);
      } else if (each.isFilter()) {
        guarded(each, reader -> filters.add(reader.filter(lists)));
      } else {
        guarded(each, reader -> detections.add(reader.detection(lists)));
      }
    }
    List<Rule> rules = new Exceptions(filters, ignored).appliedTo(detections);
    correlations(correlating, rules);
    faults.sort(Comparator.comparing(fault -> files.indexOf(fault.file())));
    falcos.rules().forEach(rule -> add(rule, rules));
    faults.addAll(falcos.faults());
    ignored.addAll(falcos.notices());
    return rules;
  }

  private void add(FalcoRule falcos, List<Rule> rules) {
    Rule rule = of(falcos);
    rules.add(rule);
    outputs.put(rule.place(), falcos.output());
    if (falco.firstOnly()) {
      firsts.add(rule.place());
    }
  }

  /** A correlation may name others: each is read when all that it names are there. */
  private void correlations(List<RuleReader> correlating, List<Rule> rules) {
    List<RuleReader> waiting = new ArrayList<>(correlating);
    while (!waiting.isEmpty()) {
      List<RuleReader> ready =
          waiting.stream().filter(reader -> !reader.waitsFor(waiting)).toList();
      for (RuleReader reader : ready.isEmpty() ? waiting : ready) {
        guarded(reader, each -> rules.add(each.correlation(rules)));
      }
      waiting.removeAll(ready.isEmpty() ? List.copyOf(waiting) : ready);
    }
  }

  /** As one of ours: its name is its id and its title, its output the summary. */
  private static Rule of(FalcoRule rule) {
    Detection logic = new Detection(rule.condition());
    return new Rule(
        rule.name(),
        rule.name(),
        rule.name(),
        rule.description(),
        rule.priority().severity(),
        rule.stride(),
        rule.threats(),
        List.of(),
        rule.tags(),
        List.of(),
        Source.KUBERNETES,
        logic,
        rule.output().template(),
        "",
        "",
        List.of(),
        false,
        rule.file(),
        rule.line(),
        List.of(),
        Digest.of(Source.KUBERNETES, logic));
  }

  /** Complete once {@link #rules} was called. */
  List<Fault> faults() {
    return faults;
  }

  List<Fault> ignored() {
    return ignored;
  }

  /** Places of the rules of which only the first that matches an event speaks, in that order. */
  List<String> firsts() {
    return firsts;
  }

  /** What alerts of Falco's rules say in Falco's form, by the place of the rule. */
  Map<String, FalcoOutput> outputs() {
    return outputs;
  }

  /** Where rules of Falco's say hardly what their author meant. */
  List<Fault> hints() {
    return falcos.hints();
  }
}
