package io.stridewatch.deploy;

import io.stridewatch.deploy.broker.Instance;
import java.util.Set;

/**
 * Loads Kafka's client on another core while the command line is read: for commands that ask Kafka
 * something and end, or show the answer, at most a tenth of a second that a person does not wait.
 */
final class HeadStart {
  private static final Set<String> ASK =
      Set.of("tail", "show", "status", "ack", "note", "silence", "baseline");

  private HeadStart() {}

  /**
   * Begins, where the call is such a command; what goes wrong there does so again where it counts.
   */
  static void give(String... arguments) {
    if (arguments.length > 0 && ASK.contains(arguments[0])) {
      Thread thread = new Thread(HeadStart::load, "head start");
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((same, fault) -> {});
      thread.start();
    }
  }

  private static void load() {
    Instance.nowhere().prepare();
  }
}
