package io.stridewatch.sink.screen;

import java.util.function.Consumer;

/**
 * A filter that is in force while it is typed.
 *
 * @param before in force again when the question is left
 * @param filter puts one in force
 * @param done told when no more is typed
 */
record FilterAnswer(String before, Consumer<String> filter, Runnable done)
    implements Prompt.Answer {

  @Override
  public void changed(String text) {
    filter.accept(text);
  }

  @Override
  public void entered(String text) {
    filter.accept(text);
    done.run();
  }

  @Override
  public void left() {
    entered(before);
  }
}
