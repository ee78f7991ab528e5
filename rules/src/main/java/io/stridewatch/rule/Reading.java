package io.stridewatch.rule;

import io.stridewatch.Source;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.falco.FalcoRule;
import io.stridewatch.rule.falco.FalcoRules;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads files one after another; correlations last, for they may name rules of any file. Falco's
 * files are told by their content, and are one together.
 */
final class Reading {
  private final List<Rule> detections = new ArrayList<>();
  private final List<Correlating> correlating = new ArrayList<>();
  private final FalcoRules falcos = new FalcoRules();
  private final List<Fault> faults;
  private final List<Fault> ignored = new ArrayList<>();

  /** Adds to the faults found so far. */
  Reading(List<Fault> faults) {
    this.faults = new ArrayList<>(faults);
  }

  void read(RuleFile file) {
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
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String unnamed = file.stem(i);
      if (!Yaml.isNull(node)) {
        guarded(file.name(), () -> document(new RuleReader(node, file.name(), unnamed), file));
      }
    }
  }

  private void document(RuleReader reader, RuleFile file) {
    String foreign = reader.foreign();
    if (reader.isCorrelation()) {
      correlating.add(new Correlating(file.name(), reader));
    } else if (foreign != null) {
      String message = "left out: log source '" + foreign + "' is none that stridewatch reads";
      ignored.add(new Fault(file.name(), reader.line(), message));
    } else {
      detections.add(reader.detection());
    }
  }

  private void guarded(String file, Runnable reading) {
    try {
      reading.run();
    } catch (UnreadableRuleException e) {
      faults.add(new Fault(file, e.line(), e.getMessage()));
    }
  }

  /** All rules, correlations among them. */
  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>(detections);
    correlating.forEach(
        each -> guarded(each.file(), () -> rules.add(each.reader().correlation(detections))));
    falcos.rules().forEach(rule -> rules.add(of(rule)));
    faults.addAll(falcos.faults());
    ignored.addAll(falcos.notices());
    return rules;
  }

  /** As one of ours: its name is its id and its title, its output the summary. */
  private static Rule of(FalcoRule rule) {
    Detection logic = new Detection(rule.condition());
    return new Rule(
        rule.name(),
        rule.name(),
        rule.name(),
        rule.description(),
        rule.severity(),
        rule.stride(),
        rule.threats(),
        rule.tags(),
        List.of(),
        Source.KUBERNETES,
        logic,
        rule.summary(),
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

  private record Correlating(String file, RuleReader reader) {}
}
