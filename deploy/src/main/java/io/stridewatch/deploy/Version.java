package io.stridewatch.deploy;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: ours, and the JVM that runs it. */
final class Version implements IVersionProvider {
  static final String NUMBER = "0.1.0";

  @Override
  public String[] getVersion() {
    return new String[] {"stridewatch " + NUMBER + " (Java " + Runtime.version() + ")"};
  }
}
