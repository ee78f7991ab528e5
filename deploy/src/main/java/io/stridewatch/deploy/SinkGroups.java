package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.sink.route.Groups;
import io.stridewatch.sink.route.Route;
import io.stridewatch.stream.GroupDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The alerts of one sink on their way through the routes. One thread. */
final class SinkGroups implements GroupDelivery.Gathering {
  private final Groups<Long> groups = new Groups<>();
  private final Route routes;
  private final String sink;
  private final Predicate<Alert> wanted;

  /**
   * Holds nothing yet.
   *
   * @param wanted what else is asked of an alert
   */
  SinkGroups(Route routes, String sink, Predicate<Alert> wanted) {
    this.routes = routes;
    this.sink = sink;
    this.wanted = wanted;
  }

  @Override
  public boolean accept(long number, Alert alert, Instant now) {
    Optional<Route> place = wanted.test(alert) ? routes.taken(alert, sink) : Optional.empty();
    place.ifPresent(route -> groups.accept(number, alert, route, now));
    return place.isPresent();
  }

  @Override
  public List<GroupDelivery.Notice> due(Instant now) {
    return groups.due(now).stream()
        .map(notice -> new GroupDelivery.Notice(notice.alert(), notice.alerts()))
        .toList();
  }
}
