package io.stridewatch.rule;

import io.stridewatch.Stride;
import io.stridewatch.rule.Logic.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A rule about one event as a document of a rule file. Read again it decides the same, under the
 * same name and digest, so that its alerts are the same to the byte.
 */
final class RuleText {
  private static final Map<io.stridewatch.Source, String> LOG_SOURCES =
      Map.of(
          io.stridewatch.Source.DOCKER, "{product: docker, service: events}",
          io.stridewatch.Source.AUDITD, "{product: linux, service: auditd}",
          io.stridewatch.Source.KUBERNETES, "{product: kubernetes, service: audit}",
          io.stridewatch.Source.PIPELINE, "{product: stridewatch, service: pipeline}");

  private final StringBuilder out = new StringBuilder();

  private RuleText() {}

  /**
   * The document, without a line that parts it from others.
   *
   * @throws IllegalArgumentException one line, when a rule file can't say it
   */
  static String of(Rule rule) {
    if (!(rule.logic() instanceof Detection detection)) {
      throw new IllegalArgumentException("rule " + rule.id() + " is a correlation: keep its file");
    }
    RuleText text = new RuleText();
    text.head(rule);
    text.detection(new SelectionText(detection.condition()));
    text.tail(rule);
    return text.out.toString();
  }

  private void head(Rule rule) {
    line("title", YamlText.of(rule.title()));
    line("name", YamlText.of(rule.id()));
    if (!rule.description().isEmpty()) {
      line("description", YamlText.of(rule.description()));
    }
    line("logsource", LOG_SOURCES.get(rule.source()));
  }

  private void detection(SelectionText selections) {
    out.append("detection:\n");
    selections
        .selections()
        .forEach((name, test) -> out.append("  ").append(name).append(":\n").append(test));
    out.append("  condition: ").append(YamlText.of(selections.condition())).append('\n');
  }

  private void tail(Rule rule) {
    line("level", rule.severity().label());
    line("stride", list(rule.stride().stream().map(Stride::label).toList()));
    optional("threats", rule.threats());
    optional("signals", rule.signals());
    optional("tags", rule.tags());
    if (!rule.summary().isEmpty()) {
      line("summary", YamlText.of(rule.summary()));
    }
    if (!rule.remedy().isEmpty()) {
      line("remedy", YamlText.of(rule.remedy()));
    }
    if (!rule.group().isEmpty()) {
      line("group", YamlText.of(rule.group()));
    }
  }

  private void optional(String key, List<String> texts) {
    if (!texts.isEmpty()) {
      line(key, list(texts));
    }
  }

  private void line(String key, String value) {
    out.append(key).append(": ").append(value).append('\n');
  }

  private static String list(List<String> texts) {
    List<String> quoted = new ArrayList<>();
    texts.forEach(text -> quoted.add(YamlText.of(text)));
    return quoted.stream().collect(Collectors.joining(", ", "[", "]"));
  }
}
