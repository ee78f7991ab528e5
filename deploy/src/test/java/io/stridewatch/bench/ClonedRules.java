package io.stridewatch.bench;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The built-in rules several times over. A clone asks the same fields in the same way, but for
 * other names, paths and words; the source's own small vocabularies (verbs, kinds of records,
 * system calls) stay as they are, unless a rule asks for nothing else.
 */
final class ClonedRules {
  private static final String PACK = "/io/stridewatch/rules/";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Set<String> VOCABULARY =
      Set.of(
          "verb",
          "resource",
          "objectRef.resource",
          "subresource",
          "objectRef.subresource",
          "stage",
          "level",
          "decision",
          "code",
          "action",
          "Type",
          "facts",
          "type",
          "syscall",
          "change",
          "success",
          "op",
          "res",
          "exit",
          "auid");

  /** What has no constant that could be another. */
  private static final Set<String> KEPT =
      Set.of("exists", "lt", "lte", "gt", "gte", "cidr", "fieldref");

  /** What follows a {@code not}: names in brackets, a pattern of names, a name. */
  private static final Pattern EXCEPTIONS =
      Pattern.compile("\\bnot\\s+(\\([^)]*\\)|(?:1|any|all) of \\S+|\\w+)");

  private ClonedRules() {}

  /**
   * So many of each rule, the first of them the rule itself.
   *
   * @param every of how many files one is taken; 1 for all
   */
  static RuleSet of(int copies, int every) throws IOException {
    List<String> files =
        new String(resource("index"), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    RuleSet rules = null;
    for (int copy = 0; copy < copies; copy++) {
      RuleSet more = RuleSet.of("copy-" + copy + ".yml", text(documents(files, every), copy));
      if (!more.faults().isEmpty()) {
        throw new IllegalStateException("a clone is faulty: " + more.faults());
      }
      rules = rules == null ? more : rules.plus(more);
    }
    return rules;
  }

  /** Those of the chosen files, but for correlations of rules that stand in others. */
  private static List<Map<String, Object>> documents(List<String> files, int every)
      throws IOException {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < files.size(); i += every) {
      try (MappingIterator<Map<String, Object>> some =
          YAML.readerFor(Map.class).readValues(resource(files.get(i)))) {
        documents.addAll(some.readAll());
      }
    }
    Set<Object> names =
        documents.stream().map(rule -> rule.get("name")).collect(Collectors.toSet());
    documents.removeIf(
        rule ->
            rule.get("correlation") instanceof Map<?, ?> correlation
                && !names.containsAll((List<?>) correlation.get("rules")));
    return documents;
  }

  private static String text(List<Map<String, Object>> documents, int copy) throws IOException {
    StringWriter text = new StringWriter();
    try (SequenceWriter out = YAML.writer().writeValues(text)) {
      for (Map<String, Object> document : documents) {
        out.write(clone(document, copy));
      }
    }
    return text.toString();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ClonedRules.class.getResourceAsStream(PACK + name)) {
      return in.readAllBytes();
    }
  }

  private static Map<String, Object> clone(Map<String, Object> rule, int copy) {
    Map<String, Object> clone = new TreeMap<>(rule);
    clone.remove("examples");
    if (copy == 0) {
      return clone;
    }
    clone.computeIfPresent("id", (key, id) -> id + "-" + copy);
    clone.computeIfPresent("name", (key, name) -> name + "-" + copy);
    clone.computeIfPresent("correlation", (key, value) -> correlation(value, copy));
    clone.computeIfPresent(
        "detection",
        (key, detection) -> {
          Object changed = detection(detection, copy, VOCABULARY);
          boolean enough = !changed.equals(detection) && !firesWithoutName(detection);
          return enough ? changed : detection(detection, copy, Set.of());
        });
    return clone;
  }

  private static Map<?, ?> correlation(Object value, int copy) {
    Map<String, Object> correlation = new TreeMap<>();
    ((Map<?, ?>) value).forEach((key, part) -> correlation.put((String) key, part));
    List<?> rules = (List<?>) correlation.get("rules");
    correlation.computeIfPresent("epl", (key, epl) -> expression((String) epl, rules, copy));
    correlation.computeIfPresent(
        "rules",
        (key, names) -> ((List<?>) names).stream().map(name -> name + "-" + copy).toList());
    correlation.computeIfPresent("aliases", (key, aliases) -> aliases((Map<?, ?>) aliases, copy));
    return correlation;
  }

  /** An expression names its rules in quotes. */
  private static String expression(String epl, List<?> rules, int copy) {
    String renamed = epl;
    for (Object rule : rules) {
      renamed = renamed.replace("'" + rule + "'", "'" + rule + "-" + copy + "'");
    }
    return renamed;
  }

  /** An alias names the rules whose field it is. */
  private static Map<Object, Object> aliases(Map<?, ?> aliases, int copy) {
    Map<Object, Object> clone = new TreeMap<>();
    aliases.forEach(
        (alias, fields) -> {
          Map<Object, Object> renamed = new TreeMap<>();
          ((Map<?, ?>) fields).forEach((rule, field) -> renamed.put(rule + "-" + copy, field));
          clone.put(alias, renamed);
        });
    return clone;
  }

  /**
   * What a rule makes an exception of stays: without it a clone would fire where the rule doesn't.
   */
  private static Object detection(Object detection, int copy, Set<String> kept) {
    Map<?, ?> parts = (Map<?, ?>) detection;
    String condition = String.valueOf(parts.get("condition"));
    return parts.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> (String) entry.getKey(),
                entry ->
                    entry.getKey().equals("condition") || isException(entry.getKey(), condition)
                        ? entry.getValue()
                        : selection(entry.getValue(), copy, kept)));
  }

  /** Such as {@code made and (root or not named)}: true of what has none of the constants. */
  private static boolean firesWithoutName(Object detection) {
    return String.valueOf(((Map<?, ?>) detection).get("condition")).contains("or not ");
  }

  private static boolean isException(Object name, String condition) {
    Matcher exceptions = EXCEPTIONS.matcher(condition);
    while (exceptions.find()) {
      for (String word : exceptions.group(1).split("[^\\w*]+")) {
        if (((String) name).matches(word.replace("*", ".*"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Object selection(Object selection, int copy, Set<String> kept) {
    if (selection instanceof List<?> list) {
      return list.stream().map(part -> selection(part, copy, kept)).toList();
    }
    if (selection instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .filter(entry -> entry.getValue() != null)
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey,
                  entry -> values((String) entry.getKey(), entry.getValue(), copy, kept)));
    }
    return other(selection, copy);
  }

  private static Object values(String key, Object value, int copy, Set<String> kept) {
    List<String> parts = List.of(key.split("\\|"));
    if (kept.contains(parts.get(0)) || parts.stream().anyMatch(KEPT::contains)) {
      return value;
    }
    return value instanceof List<?> list
        ? list.stream().map(each -> other(each, copy)).toList()
        : other(value, copy);
  }

  /** Never what a record says; still a regular expression where it was one. */
  private static Object other(Object value, int copy) {
    return value == null ? null : "clone" + copy + value;
  }
}
