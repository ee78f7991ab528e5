package io.stridewatch.rule;

import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one document of a rule file: a Sigma rule or a Sigma correlation, with our keys beside. */
final class RuleReader {
  private static final List<String> SIGMA =
      List.of(
          "title",
          "id",
          "name",
          "related",
          "status",
          "description",
          "license",
          "author",
          "references",
          "date",
          "modified",
          "logsource",
          "detection",
          "correlation",
          "fields",
          "falsepositives",
          "level",
          "tags",
          "scope",
          "taxonomy");
  static final List<String> OURS =
      List.of("stride", "threats", "signals", "summary", "remedy", "group", "examples", "epl");
  private static final List<String> TEXTS =
      List.of("title", "id", "name", "description", "level", "summary", "remedy", "group");
  private static final List<String> LISTS = List.of("tags", "threats", "signals", "falsepositives");
  private static final Map<String, Source> LOG_SOURCES =
      Map.of(
          "docker/events", Source.DOCKER,
          "linux/auditd", Source.AUDITD,
          "kubernetes/audit", Source.KUBERNETES,
          "stridewatch/pipeline", Source.PIPELINE);

  private final Keys keys;
  private final String file;
  private final String unnamed;

  /**
   * Begins with a document.
   *
   * @param unnamed the rule's id when it has neither {@code id} nor {@code name}
   */
  RuleReader(Node document, String file, String unnamed) {
    this.keys = new Keys(document, "the rule");
    this.file = file;
    this.unnamed = unnamed;
  }

  boolean isCorrelation() {
    return keys.has("correlation");
  }

  /**
   * The log source that the rule is about, when it is one of other products and not a slip; else
   * null.
   */
  String foreign() {
    if (!keys.has("logsource")) {
      return null;
    }
    Keys logsource = new Keys(keys.node("logsource"), "logsource");
    String name = name(logsource);
    boolean slip =
        LOG_SOURCES.containsKey(name)
            || logsource.text("product").isEmpty()
            || Suggestion.isNear(name, LOG_SOURCES.keySet());
    return slip ? null : name;
  }

  private static String name(Keys logsource) {
    return logsource.text("product") + "/" + logsource.text("service");
  }

  boolean isList() {
    return Lists.isList(keys);
  }

  String file() {
    return file;
  }

  boolean isFilter() {
    return keys.has("filter");
  }

  Filter filter(Lists lists) {
    return Filter.of(keys, source(), file, lists);
  }

  Rule detection(Lists lists) {
    Faults faults = new Faults();
    Source source = faults.read(this::source, null);
    Detection read = faults.read(() -> asked(lists), null);
    EplExpression epl = faults.read(this::epl, null);
    about(faults);
    faults.end();
    return rule(source, epl == null ? read : epl.asked(read));
  }

  private Detection asked(Lists lists) {
    return new DetectionReader(new Keys(keys.needed("detection"), "detection")).read(lists);
  }

  private EplExpression epl() {
    return keys.has("epl")
        ? EplReader.ofEvent(Yaml.scalar(keys.node("epl"), "'epl'"), keys.line("epl"))
        : null;
  }

  /** Of what stands beside the logic. */
  private void about(Faults faults) {
    TEXTS.forEach(key -> faults.check(() -> keys.text(key)));
    LISTS.forEach(key -> faults.check(() -> keys.texts(key)));
    faults.check(this::severity);
    faults.check(this::ownStride);
    faults.check(() -> ExampleReader.read(keys.node("examples")));
  }

  private Source source() {
    return source(new Keys(keys.needed("logsource"), "logsource"));
  }

  int line() {
    return keys.line("logsource");
  }

  /** Of the rules that it names. */
  Rule correlation(List<Rule> known) {
    Faults faults = new Faults();
    if (keys.has("epl")) {
      faults.add(
          new UnreadableRuleException(
              keys.line("epl"),
              "'epl' of a correlation stands within 'correlation', under type: epl"));
    }
    Correlation correlation =
        faults.read(() -> new CorrelationReader(keys.node("correlation")).read(known), null);
    about(faults);
    faults.end();
    return rule(correlation.rules().get(0).source(), correlation);
  }

  /** What it calls the rules that it is made of; none when it is no correlation. */
  List<String> named() {
    return isCorrelation() ? new CorrelationReader(keys.node("correlation")).named() : List.of();
  }

  /** Whether it names one of the others, or itself. */
  boolean waitsFor(List<RuleReader> others) {
    List<String> named = named();
    return others.stream()
        .anyMatch(other -> named.contains(other.id()) || named.contains(other.keys.text("name")));
  }

  private static Source source(Keys logsource) {
    logsource.only(List.of("product", "service", "category", "definition"));
    String name = name(logsource);
    Source source = LOG_SOURCES.get(name);
    if (source == null) {
      throw new UnreadableRuleException(
          logsource.line(),
          "no log source is called '"
              + name
              + "' (product/service): "
              + Suggestion.of(name, new TreeSet<>(LOG_SOURCES.keySet())));
    }
    return source;
  }

  private Rule rule(Source source, Logic logic) {
    List<String> tags = keys.texts("tags");
    return new Rule(
        id(),
        keys.text("name"),
        title(),
        keys.text("description").strip(),
        severity(),
        stride(tags),
        keys.texts("threats"),
        keys.texts("signals"),
        tags,
        keys.texts("falsepositives"),
        source,
        logic,
        keys.text("summary").strip(),
        keys.text("remedy").strip(),
        keys.text("group").strip(),
        ExampleReader.read(keys.node("examples")),
        false,
        file,
        keys.line(),
        keys.others(join(SIGMA, OURS)),
        Digest.of(source, logic));
  }

  private String id() {
    String id = keys.text("id");
    id = id.isEmpty() ? keys.text("name") : id;
    return id.isEmpty() ? unnamed : id;
  }

  private String title() {
    String title = keys.text("title").strip();
    return title.isEmpty() ? id() : title;
  }

  private Severity severity() {
    String level = keys.text("level");
    try {
      return level.isEmpty() ? Severity.MEDIUM : Severity.of(level);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRuleException(keys.line("level"), "level: " + e.getMessage());
    }
  }

  private List<Stride> stride(List<String> tags) {
    return keys.has("stride") ? ownStride() : Tactics.stride(tags);
  }

  private List<Stride> ownStride() {
    try {
      return keys.texts("stride").stream().map(Stride::of).distinct().sorted().toList();
    } catch (IllegalArgumentException e) {
      throw new UnreadableRuleException(keys.line("stride"), "stride: " + e.getMessage());
    }
  }

  private static List<String> join(List<String> a, List<String> b) {
    List<String> joined = new ArrayList<>(a);
    joined.addAll(b);
    return joined;
  }
}
