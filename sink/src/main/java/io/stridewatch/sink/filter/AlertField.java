package io.stridewatch.sink.filter;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A field of an alert by the name that filters and templates give it; one value, several or none.
 * {@code actor.KEY} and {@code target.KEY} are those of who did it and to what.
 */
public record AlertField(String name, Function<Alert, List<String>> values) {
  private static final Map<String, Function<Alert, List<String>>> FIELDS =
      Map.ofEntries(
          Map.entry("id", alert -> List.of(alert.id())),
          Map.entry("rule", alert -> List.of(alert.rule())),
          Map.entry("title", alert -> List.of(alert.title())),
          Map.entry("severity", alert -> List.of(alert.severity().label())),
          Map.entry("stride", alert -> alert.stride().stream().map(Stride::label).toList()),
          Map.entry("threat", Alert::threats),
          Map.entry("tag", Alert::tags),
          Map.entry("time", alert -> List.of(Times.text(alert.time()))),
          Map.entry("scope", alert -> List.of(alert.scope())),
          Map.entry("summary", alert -> List.of(alert.summary())),
          Map.entry("user", alert -> entity(alert.actor(), "name")),
          Map.entry("actor", alert -> entity(alert.actor(), "name")),
          Map.entry("target", alert -> entity(alert.target(), "name")),
          Map.entry("source", AlertField::sources),
          Map.entry("count", alert -> List.of(Long.toString(alert.count()))),
          Map.entry("remedy", alert -> List.of(alert.remedy())),
          Map.entry("group", alert -> alert.group() == null ? List.of() : List.of(alert.group())),
          Map.entry("text", AlertField::text));

  /** The field of that name, if there is one. */
  public static Optional<AlertField> of(String name) {
    Function<Alert, List<String>> values = FIELDS.get(name);
    if (values != null) {
      return Optional.of(new AlertField(name, values));
    }
    String key = name.substring(name.indexOf('.') + 1);
    if (name.startsWith("actor.") && !key.isEmpty()) {
      return Optional.of(new AlertField(name, alert -> entity(alert.actor(), key)));
    }
    if (name.startsWith("target.") && !key.isEmpty()) {
      return Optional.of(new AlertField(name, alert -> entity(alert.target(), key)));
    }
    return Optional.empty();
  }

  /** All names, for those who wrote another. */
  public static String names() {
    return String.join(" ", new TreeSet<>(FIELDS.keySet())) + " actor.KEY target.KEY";
  }

  private static List<String> entity(Map<String, String> entity, String key) {
    String value = entity == null ? null : entity.get(key);
    return value == null ? List.of() : List.of(value);
  }

  private static List<String> sources(Alert alert) {
    return alert.evidence().stream()
        .map(Evidence::source)
        .map(Source::label)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> text(Alert alert) {
    List<String> texts = new ArrayList<>(List.of(alert.summary(), alert.title()));
    texts.add(String.valueOf(alert.actor()));
    texts.add(String.valueOf(alert.target()));
    alert.evidence().forEach(evidence -> texts.add(String.valueOf(evidence.raw())));
    return texts;
  }
}
