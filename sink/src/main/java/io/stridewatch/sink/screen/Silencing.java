package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks, one after the other, what is to be silenced, for how long, and why. */
final class Silencing {
  private static final String USUAL = "2h";

  private final Function<String, Duration> spans;
  private final Consumer<Prompt> ask;
  private final Consumer<Draft> done;

  /**
   * Nothing is asked yet.
   *
   * @param spans reads a duration
   * @param ask takes the next question; null when there is no more
   * @param done takes the answers
   */
  Silencing(Function<String, Duration> spans, Consumer<Prompt> ask, Consumer<Draft> done) {
    this.spans = spans;
    this.ask = ask;
    this.done = done;
  }

  /** Begins with alerts like this one. */
  void begin(Alert alert) {
    ask("silence which: ", matchers(alert), Silencing::matchersFault, this::span);
  }

  /** Its rule and who did it. */
  static String matchers(Alert alert) {
    String rule = "rule=" + quoted(alert.rule());
    String user = alert.actor() == null ? "" : alert.actor().getOrDefault("name", "");
    return user.isEmpty() ? rule : rule + " and user=" + quoted(user);
  }

  private static String quoted(String value) {
    return value.matches("[^\\s()=!~<>\"\\\\]+")
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Prompt.Fault matchersFault(String text) {
    return text.isBlank() ? Prompt.empty(text) : Prompt.filter(text);
  }

  private void span(String matchers) {
    ask("for how long: ", USUAL, this::spanFault, span -> why(matchers, spans.apply(span)));
  }

  private Prompt.Fault spanFault(String text) {
    try {
      boolean none = spans.apply(text).isZero();
      return none ? new Prompt.Fault(0, "it would be over already") : null;
    } catch (IllegalArgumentException e) {
      return new Prompt.Fault(0, e.getMessage());
    }
  }

  private void why(String matchers, Duration span) {
    ask("why: ", "", Prompt::empty, why -> preview(new Draft(matchers, span, why)));
  }

  private void preview(Draft draft) {
    ask.accept(null);
    done.accept(draft);
  }

  private void ask(
      String label, String text, Function<String, Prompt.Fault> check, Consumer<String> next) {
    Prompt.ask(ask, label, text, check, next);
  }
}
