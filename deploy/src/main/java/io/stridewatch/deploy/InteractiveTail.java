package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.deploy.screen.Interactive;
import io.stridewatch.deploy.settings.Span;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.screen.Browser;
import io.stridewatch.stream.AlertTail;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Predicate;

/** Alerts of an instance on the whole terminal. */
final class InteractiveTail {
  private final KafkaChoice where;
  private final String who;
  private final Predicate<Alert> wanted;
  private final Integer last;

  /**
   * Nothing is read yet.
   *
   * @param last how many of those that are there; null for all
   */
  InteractiveTail(KafkaChoice where, String who, Predicate<Alert> wanted, Integer last) {
    this.where = where;
    this.who = who;
    this.wanted = wanted;
    this.last = last;
  }

  /**
   * Shows them until the person leaves.
   *
   * @throws CommandFault when there is no terminal, or Kafka fails
   */
  void run(AlertTail.Span span) throws InterruptedException {
    Terminal terminal = Terminal.standardOutput(System.getenv());
    if (terminal.rows() == 0 || !Terminal.isStandardInput()) {
      throw new CommandFault(
          "tail -i needs a terminal for what it shows and for the keys: without -i alerts are lines");
    }
    Browser browser = new Browser(InstantSource.system(), Span::of);
    AlertDesk desk = new AlertDesk(where::kafka, who, InstantSource.system());
    try (AlertTail tail = new AlertTail(where.kafka(), where::now)) {
      new Interactive(browser, desk, terminal.colour())
          .run(reader -> tail.read(span, chosen(reader)));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private AlertTail.Reader chosen(AlertTail.Reader reader) {
    LastAlerts kept = new LastAlerts(last, reader::alert);
    return new AlertTail.Reader() {
      @Override
      public void alert(Alert alert) {
        if (wanted.test(alert)) {
          kept.accept(alert);
        }
      }

      @Override
      public void view(String key, String line) {
        reader.view(key, line);
      }

      @Override
      public void caughtUp() {
        kept.go();
      }
    };
  }
}
