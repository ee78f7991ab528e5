package io.stridewatch.sink.screen;

import io.stridewatch.sink.filter.AlertFilter;
import io.stridewatch.sink.filter.FilterFaultException;
import java.util.function.Consumer;
import java.util.function.Function;

/** A question that is answered by typing. */
final class Prompt {
  private final String label;
  private final Function<String, Fault> check;
  private final Answer answer;
  private Typed typed;
  private Fault fault;

  /**
   * What is wrong with what was typed.
   *
   * @param column from 1 on; 0 where it is all of it
   */
  record Fault(int column, String reason) {}

  /** Who is told. */
  interface Answer {
    /** Each change that has no fault. */
    default void changed(String text) {}

    /** It was entered, without a fault. */
    void entered(String text);

    /** It was left. */
    void left();
  }

  /**
   * Asks a question whose answer alone counts.
   *
   * @param ask takes it; null where it was left
   * @param next takes the answer
   */
  static void ask(
      Consumer<Prompt> ask,
      String label,
      String text,
      Function<String, Fault> check,
      Consumer<String> next) {
    ask.accept(
        new Prompt(
            label,
            text,
            check,
            new Answer() {
              @Override
              public void entered(String answer) {
                next.accept(answer);
              }

              @Override
              public void left() {
                ask.accept(null);
              }
            }));
  }

  /**
   * A question.
   *
   * @param text what stands there already
   * @param check a fault of a text, or null
   */
  Prompt(String label, String text, Function<String, Fault> check, Answer answer) {
    this.label = label;
    this.check = check;
    this.answer = answer;
    typed = Typed.of(text);
  }

  String label() {
    return label;
  }

  Typed typed() {
    return typed;
  }

  /** What is wrong; null where nothing is, or it was not entered yet. */
  Fault fault() {
    return fault;
  }

  void press(Key key) {
    switch (key.name()) {
      case ESCAPE -> answer.left();
      case ENTER -> judge(answer::entered);
      default -> change(typed.press(key));
    }
  }

  private void change(Typed now) {
    boolean same = now.text().equals(typed.text());
    typed = now;
    if (!same) {
      judge(answer::changed);
    }
  }

  private void judge(Consumer<String> told) {
    fault = check.apply(typed.text());
    if (fault == null) {
      told.accept(typed.text());
    }
  }

  /** Of a filter; an empty one has none. */
  static Fault filter(String text) {
    try {
      if (!text.isBlank()) {
        AlertFilter.of(text);
      }
      return null;
    } catch (FilterFaultException e) {
      return new Fault(e.column(), e.reason());
    }
  }

  /** Of what must not be empty. */
  static Fault empty(String text) {
    return text.isBlank() ? new Fault(0, "this must not be empty") : null;
  }
}
