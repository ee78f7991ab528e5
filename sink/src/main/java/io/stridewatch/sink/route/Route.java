package io.stridewatch.sink.route;

import io.stridewatch.Alert;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A node of a tree as Alertmanager's: an alert goes down to the first child that wants it, and on
 * to the next ones where that says so; where no child wants it, it stays. Immutable.
 *
 * @param name its place in the tree, such as {@code route.routes[1]}
 * @param goOn whether siblings behind it may have the alert, too
 * @param sinks names of those that are told here
 * @param grouping how; empty for one by one
 */
public record Route(
    String name,
    Predicate<Alert> wanted,
    boolean goOn,
    List<String> sinks,
    Optional<Grouping> grouping,
    List<Route> routes) {

  /** Lists are copied. */
  public Route {
    sinks = List.copyOf(sinks);
    routes = List.copyOf(routes);
  }

  /** All alerts to one sink, one by one. */
  public static Route all(String sink) {
    return new Route("route", any -> true, false, List.of(sink), Optional.empty(), List.of());
  }

  /** Where the alert ends up; nowhere if this does not want it. */
  public List<Route> taken(Alert alert) {
    if (!wanted.test(alert)) {
      return List.of();
    }
    List<Route> taken = new ArrayList<>();
    for (Route route : routes) {
      List<Route> below = route.taken(alert);
      taken.addAll(below);
      if (!below.isEmpty() && !route.goOn) {
        break;
      }
    }
    return taken.isEmpty() ? List.of(this) : taken;
  }

  /** The first place where the alert is for that sink. */
  public Optional<Route> taken(Alert alert, String sink) {
    return taken(alert).stream().filter(route -> route.sinks.contains(sink)).findFirst();
  }

  /** How the place gathers whose name a group's key begins with. */
  Optional<Grouping> grouping(String key) {
    return key.equals(name) || key.startsWith(name + " ")
        ? grouping
        : routes.stream().flatMap(route -> route.grouping(key).stream()).findFirst();
  }

  /** Every sink that the tree names. */
  public Set<String> named() {
    Set<String> named = new LinkedHashSet<>(sinks);
    routes.forEach(route -> named.addAll(route.named()));
    return named;
  }

  /** Whether it gathers alerts for that sink anywhere. */
  public boolean gathers(String sink) {
    return grouping.isPresent() && sinks.contains(sink)
        || routes.stream().anyMatch(route -> route.gathers(sink));
  }
}
