package io.stridewatch.deploy.screen;

import io.stridewatch.sink.screen.Draft;
import io.stridewatch.sink.screen.Request;
import java.io.IOException;
import java.util.List;

/** Does what a screen can't: reads and writes what all see. Called by one thread. */
public interface Desk {
  /**
   * Says something of an alert.
   *
   * @return what was done, on one line
   */
  String say(Request.Say said) throws IOException, InterruptedException;

  /** What a silence would have hidden in the last day, in lines. */
  List<String> preview(Draft draft) throws IOException, InterruptedException;

  /**
   * Sets a silence.
   *
   * @return what was done, on one line
   */
  String set(Draft draft) throws IOException, InterruptedException;
}
