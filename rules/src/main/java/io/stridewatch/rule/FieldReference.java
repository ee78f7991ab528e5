package io.stridewatch.rule;

import io.stridewatch.Source;
import io.stridewatch.event.DerivedFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields the events of a source have: derived ones with what they say, and the source's own
 * names. Of an open path, such as {@code requestObject.*}, only the beginning is known.
 */
public final class FieldReference {
  private static final String FILE = "fields.txt";
  private static final String OPEN = ".*";
  private static final String EVERYWHERE = "all";
  private static final FieldReference ALL = new FieldReference();
  private final Map<String, Map<String, String>> described = new HashMap<>();
  private final Map<String, Set<String>> own = new HashMap<>();

  private FieldReference() {
    try (InputStream in = FieldReference.class.getResourceAsStream(FILE)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(this::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code source name: description}, or {@code source [path] . names}. */
  private void read(String line) {
    int dot = line.indexOf(" . ");
    if (dot >= 0) {
      own.computeIfAbsent(line.substring(0, dot), any -> new TreeSet<>())
          .addAll(Arrays.asList(line.substring(dot + 3).split(" ")));
      return;
    }
    int blank = line.indexOf(' ');
    int colon = line.indexOf(": ");
    described
        .computeIfAbsent(line.substring(0, blank), any -> new HashMap<>())
        .put(line.substring(blank + 1, colon), line.substring(colon + 2));
  }

  /** What each derived field of a source says, by name; empty where nothing was written. */
  public static Map<String, String> derived(Source source) {
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, String> common = ALL.described.get(EVERYWHERE);
    Map<String, String> said = ALL.described.getOrDefault(source.label(), Map.of());
    for (String name : DerivedFields.of(source)) {
      fields.put(name, said.getOrDefault(name, common.getOrDefault(name, "")));
    }
    return fields;
  }

  /** The fields of a source that something was written of. */
  static Set<String> described(Source source) {
    return ALL.described.getOrDefault(source.label(), Map.of()).keySet();
  }

  /** The source's own names; one that ends in {@code .*} has more behind it. */
  public static List<String> own(Source source) {
    List<String> names = new ArrayList<>();
    for (String name : ALL.own.getOrDefault(source.label(), Set.of())) {
      String path = name.endsWith(OPEN) ? name.substring(0, name.length() - 2) : name;
      Set<String> inner = ALL.own.get(source.label() + " " + path);
      if (inner == null) {
        names.add(name);
      } else {
        inner.forEach(each -> names.add(path + "." + each));
      }
    }
    return names;
  }

  /** Whether events of the source may have the field. */
  static boolean knows(Source source, String field) {
    TimePart part = TimePart.of(field);
    String name = (part == null ? field : part.field()).replace("[]", "");
    if (own(source).isEmpty() || DerivedFields.of(source).contains(name)) {
      return true;
    }
    if (source == Source.AUDITD) {
      return own(source).contains(name) || name.matches("a\\d+");
    }
    return source == Source.KUBERNETES && DerivedFields.isFalcos(name)
        || own(source).stream().anyMatch(known -> isBelow(name, known));
  }

  private static boolean isBelow(String name, String known) {
    String path = known.endsWith(OPEN) ? known.substring(0, known.length() - 2) : known;
    return name.equals(path) || name.startsWith(path + ".");
  }

  /** The field that was meant, or where to look. */
  static String suggestion(Source source, String field) {
    Set<String> names = new TreeSet<>(DerivedFields.of(source));
    own(source).forEach(name -> names.add(name.replace(OPEN, "")));
    return Suggestion.isNear(field, names)
        ? Suggestion.of(field, names)
        : "see 'stridewatch rules fields --source " + source.label() + "'";
  }
}
