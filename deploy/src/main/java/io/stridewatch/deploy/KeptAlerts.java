package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.sink.view.Views;
import io.stridewatch.stream.AlertTail;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The alerts that an instance keeps, and what people said of them. */
final class KeptAlerts {
  private static final int MOST = 100;

  private final Kafka kafka;
  private final Views views = new Views();

  KeptAlerts(Kafka kafka) {
    this.kafka = kafka;
  }

  /** What people said, as it was when alerts were last read. */
  Views views() {
    return views;
  }

  /**
   * Gives each.
   *
   * @param since by Kafka's clock; {@link Instant#MIN} for all
   */
  void read(Instant since, Consumer<Alert> reader) throws IOException {
    try (AlertTail tail = new AlertTail(kafka)) {
      tail.read(
          new AlertTail.Span(since, Instant.MAX, false),
          new AlertTail.Reader() {
            @Override
            public void alert(Alert alert) {
              reader.accept(alert);
            }

            @Override
            public void view(String key, String line) {
              views.accept(key, line);
            }
          });
    }
  }

  /** The first hundred of those that are wanted, by time. */
  List<Alert> some(Predicate<Alert> wanted) throws IOException {
    List<Alert> found = new ArrayList<>();
    read(
        Instant.MIN,
        alert -> {
          if (found.size() < MOST && wanted.test(alert)) {
            found.add(alert);
          }
        });
    found.sort(Comparator.comparing(Alert::time).thenComparing(Alert::id));
    return found;
  }

  /**
   * The one alert whose id begins so.
   *
   * @param id 4 to 32 hex digits
   * @throws CommandFault when there is none, or several
   */
  Alert one(String id) throws IOException {
    if (!id.matches("[0-9a-f]{4,32}")) {
      throw new CommandFault("'" + id + "' is no alert's id: 4 to 32 digits of 0-9a-f");
    }
    List<Alert> found = some(alert -> alert.id().startsWith(id));
    List<String> ids = found.stream().map(Alert::id).distinct().toList();
    if (ids.isEmpty()) {
      throw new CommandFault("no alert that is kept has an id that begins with " + id);
    }
    if (ids.size() > 1) {
      throw new CommandFault("several alerts begin with " + id + ": " + String.join(" ", ids));
    }
    return found.get(0);
  }
}
