package io.stridewatch.deploy.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.stridewatch.Alert;
import io.stridewatch.sink.filter.AlertField;
import io.stridewatch.sink.filter.AlertFilter;
import io.stridewatch.sink.route.Grouping;
import io.stridewatch.sink.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reads a tree of routes in YAML, in Alertmanager's words: {@code route} with {@code match} (a
 * filter as {@code tail} takes it), {@code sinks}, {@code continue}, {@code group_by}, {@code
 * group_wait}, {@code group_interval}, {@code repeat_interval}, {@code resolve_timeout}, {@code
 * score} and {@code routes}. What a route does not say it has from the one above it, but for {@code
 * match} and {@code continue}.
 */
final class RouteFile {
  private static final long LARGEST = 1 << 20;
  private static final int DEEPEST = 20;
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "match",
              "sinks",
              "continue",
              "group_by",
              "group_wait",
              "group_interval",
              "repeat_interval",
              "resolve_timeout",
              "score",
              "routes"));
  private static final Grouping USUAL =
      new Grouping(
          List.of(),
          Duration.ZERO,
          Duration.ofMinutes(5),
          Duration.ofHours(4),
          Duration.ofDays(1),
          0);

  private RouteFile() {}

  /**
   * The tree of that file.
   *
   * @throws IllegalArgumentException one line: where in the tree, what, and what would do
   */
  static Route read(String path) {
    try {
      Path file = Texts.path(path);
      if (Files.size(file) > LARGEST) {
        throw new IllegalArgumentException(path + " is larger than 1 MiB");
      }
      JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
      if (tree == null || tree.size() != 1 || !tree.has("route")) {
        throw new IllegalArgumentException(path + " needs one key: route");
      }
      return route("route", tree.get("route"), List.of(), USUAL, false, 0);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          path + " is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + " can't be read: " + e.getMessage(), e);
    }
  }

  private static Route route(
      String name, JsonNode node, List<String> sinks, Grouping above, boolean groups, int depth) {
    check(name, node, depth);
    List<String> told = node.has("sinks") ? texts(name + ".sinks", node.get("sinks")) : sinks;
    boolean grouped = groups || node.has("group_by");
    Grouping how = grouping(name, node, above);
    List<Route> below = new ArrayList<>();
    for (JsonNode child : node.path("routes")) {
      String place = name + ".routes[" + below.size() + "]";
      below.add(route(place, child, told, how, grouped, depth + 1));
    }
    return new Route(
        name,
        match(name, node),
        node.path("continue").asBoolean(),
        told,
        grouped ? Optional.of(how) : Optional.empty(),
        below);
  }

  private static void check(String name, JsonNode node, int depth) {
    if (!node.isObject() || depth > DEEPEST) {
      throw new IllegalArgumentException(name + " must be keys and values: " + KEYS);
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(name + " has no key '" + key + "': use " + KEYS);
              }
            });
    if (node.has("routes") && !node.get("routes").isArray()) {
      throw new IllegalArgumentException(name + ".routes must be a list");
    }
  }

  private static Predicate<Alert> match(String name, JsonNode node) {
    try {
      return node.has("match") ? AlertFilter.of(node.get("match").asText()) : alert -> true;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + ".match: " + e.getMessage().lines().findFirst().orElse(""), e);
    }
  }

  private static Grouping grouping(String name, JsonNode node, Grouping above) {
    List<AlertField> by = above.by();
    if (node.has("group_by")) {
      by =
          texts(name + ".group_by", node.get("group_by")).stream()
              .map(f -> field(name, f))
              .toList();
    }
    return new Grouping(
        by,
        span(name, node, "group_wait", above.patience()),
        span(name, node, "group_interval", above.interval()),
        span(name, node, "repeat_interval", above.repeat()),
        span(name, node, "resolve_timeout", above.resolve()),
        score(name, node, above.score()));
  }

  private static AlertField field(String name, String field) {
    return AlertField.of(field)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + ".group_by: no field is called '" + field + "': " + AlertField.names()));
  }

  private static Duration span(String name, JsonNode node, String key, Duration otherwise) {
    try {
      return node.has(key) ? Span.of(node.get(key).asText()) : otherwise;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + "." + key + " is " + e.getMessage(), e);
    }
  }

  private static int score(String name, JsonNode node, int otherwise) {
    JsonNode score = node.path("score");
    if (score.isMissingNode()) {
      return otherwise;
    }
    if (!score.canConvertToInt() || score.asInt() < 0) {
      throw new IllegalArgumentException(name + ".score must be a whole number from 0 on");
    }
    return score.asInt();
  }

  private static List<String> texts(String name, JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (!node.isArray()) {
      throw new IllegalArgumentException(name + " must be a list");
    }
    node.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
