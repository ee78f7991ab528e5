package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.sink.route.Groups;
import io.stridewatch.sink.route.Limit;
import io.stridewatch.sink.route.Notice;
import io.stridewatch.sink.route.Route;
import io.stridewatch.stream.GroupDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The alerts of one sink on their way through the routes and its limit. One thread. */
final class SinkGroups implements GroupDelivery.Gathering {
  private final Groups<Long> groups;
  private final Limit<Long> limit;
  private final Route routes;
  private final String sink;
  private final Predicate<Alert> wanted;

  /**
   * Holds nothing yet.
   *
   * @param wanted what else is asked of an alert
   * @param settled alerts of which nobody is reminded
   * @param most messages in a minute
   */
  SinkGroups(
      Route routes, String sink, Predicate<Alert> wanted, Predicate<Alert> settled, int most) {
    this.routes = routes;
    this.sink = sink;
    this.wanted = wanted;
    groups = new Groups<>(settled);
    limit = new Limit<>(most);
  }

  @Override
  public boolean accept(long number, Alert alert, Instant now) {
    Optional<Route> place = wanted.test(alert) ? routes.taken(alert, sink) : Optional.empty();
    place.ifPresent(route -> groups.accept(number, alert, route, now));
    return place.isPresent();
  }

  @Override
  public List<GroupDelivery.Notice> due(Instant now) {
    return limit.pass(groups.due(now), now).stream().map(SinkGroups::notice).toList();
  }

  private static GroupDelivery.Notice notice(Notice<Long> notice) {
    return new GroupDelivery.Notice(
        notice.alert(),
        notice.alerts(),
        notice.digested(),
        notice.standings().stream()
            .map(each -> new GroupDelivery.Standing(each.group(), each.text(), each.alerts()))
            .toList());
  }

  @Override
  public Optional<String> group(Alert alert) {
    return routes.taken(alert, sink).flatMap(route -> Groups.key(alert, route));
  }

  @Override
  public boolean restore(String text, Supplier<Optional<Alert>> newest) {
    return groups.restore(text, routes, newest);
  }

  /** How much of which minute is used up: {@code MINUTE:MESSAGES}. */
  @Override
  public String memo() {
    return limit.spent().minute() + ":" + limit.spent().messages();
  }

  @Override
  public void remember(String memo) {
    if (memo.matches("[0-9]{1,15}:[0-9]{1,9}")) {
      String[] parts = memo.split(":");
      limit.spent(new Limit.Spent(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
    }
  }
}
