package io.stridewatch.deploy;

import picocli.CommandLine.Command;

/** Loads what every command loads, for the launcher's class archive. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Runnable {
  @Override
  public void run() {
    new RuleChoice().compiled();
  }
}
