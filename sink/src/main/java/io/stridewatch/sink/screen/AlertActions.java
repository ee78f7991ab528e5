package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.sink.view.Remark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a person does with an alert: asks for what must be known and leaves requests. */
final class AlertActions {
  private final Consumer<Prompt> ask;
  private final Consumer<String> tell;
  private final Silencing silencing;
  private final Deque<Request> requests = new ArrayDeque<>();

  /**
   * Nothing was done yet.
   *
   * @param ask takes a question; null when there is no more
   * @param tell takes a line for the person
   */
  AlertActions(Consumer<Prompt> ask, Consumer<String> tell, Function<String, Duration> spans) {
    this.ask = ask;
    this.tell = tell;
    silencing = new Silencing(spans, ask, this::preview);
  }

  void acknowledge(Alert alert) {
    requests.add(new Request.Say(Remark.Kind.ACK, alert.id(), ""));
  }

  void note(Alert alert) {
    Prompt.ask(
        ask,
        "note: ",
        "",
        Prompt::empty,
        text -> {
          ask.accept(null);
          requests.add(new Request.Say(Remark.Kind.NOTE, alert.id(), text));
        });
  }

  void silence(Alert alert) {
    silencing.begin(alert);
  }

  private void preview(Draft draft) {
    requests.add(new Request.Preview(draft));
    tell.accept("asking what it would have hidden in the last day");
  }

  void set(Draft draft) {
    requests.add(new Request.Set(draft));
  }

  void copy(Alert alert) {
    requests.add(new Request.Copy(alert.id()));
    tell.accept("copied, where the terminal allows it: " + alert.id());
  }

  /** What was left since this was last asked, in order. */
  List<Request> requests() {
    List<Request> all = new ArrayList<>(requests);
    requests.clear();
    return all;
  }
}
